import Logging
import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellInterpreter
import StepwellJSON
import Synchronization

/// Services that answer by a script and keep the calls.
final class FakeAWS: AWSCalling {
    /// Answers a call, of which it is told how often its action was called before.
    typealias Script = @Sendable (AWSCall, Int) async throws(AWSFault) -> AWSAnswer

    private let made = Mutex<[AWSCall]>([])
    private let script: Script

    init(_ script: @escaping Script) {
        self.script = script
    }

    /// Services that answer each action with the texts of a list, the last again and again.
    convenience init(_ answers: [String: [String]]) {
        self.init { call, count throws(AWSFault) in
            guard let texts = answers[call.action], !texts.isEmpty else {
                throw .unknownAction(call.action)
            }
            return AWSAnswer(output: parsed(texts[min(count, texts.count - 1)]))
        }
    }

    /// The calls so far.
    var calls: [AWSCall] { made.withLock { $0 } }

    /// The names of the actions called so far.
    var actions: [String] { calls.map(\.action) }

    /// The parameters of the last call of an action.
    func parameters(_ action: String) -> JSONValue? {
        calls.last { $0.action == action }.map { .object($0.parameters) }
    }

    func knows(service: String, action: String) -> Bool { true }

    func call(_ call: AWSCall) async throws(AWSFault) -> AWSAnswer {
        let count = made.withLock { made in
            made.append(call)
            return made.filter { $0.action == call.action }.count - 1
        }
        return try await script(call, count)
    }
}

/// The object of a text that is known to be one.
func parsed(_ text: String) -> JSONObject {
    guard case .object(let members)? = try? JSONParser.parse(Array(text.utf8)) else {
        preconditionFailure("no object: \(text)")
    }
    return members
}

/// The value of a text that is known to be JSON.
func json(_ text: String) -> JSONValue {
    guard let value = try? JSONParser.parse(Array(text.utf8)) else {
        preconditionFailure("no JSON: \(text)")
    }
    return value
}

extension ConnectorTask {
    private static let ownARN = "arn:aws:states:us-east-1:000000000000:execution:m:e"
    private static let machineARN = "arn:aws:states:us-east-1:000000000000:stateMachine:m"

    /// A task of `arn:aws:states:::` and a resource.
    static func of(
        _ resource: String,
        _ parameters: String,
        role: String? = nil,
        isRedelivery: Bool = false
    ) -> ConnectorTask {
        ConnectorTask(
            dispatch: TaskDispatch(
                ordinal: Ordinal(3),
                scheduledEventID: 3,
                stateName: "S",
                retryCount: 0,
                resource: "arn:aws:states:::\(resource)",
                parameters: Payload(text: Array(parameters.utf8)),
                tokenSecret: nil,
                timeoutInSeconds: nil,
                heartbeatInSeconds: nil,
                credentialsRoleARN: role
            ),
            execution: ExecutionNumber(7),
            executionARN: ownARN,
            stateMachineARN: machineARN,
            token: resource.hasSuffix(".waitForTaskToken") ? "token" : nil,
            isRedelivery: isRedelivery
        )
    }
}

extension TaskConnector {
    /// What a task comes to, its second half included.
    func result(of task: ConnectorTask) async throws -> JSONValue {
        switch try await run(task) {
        case .succeeded(let output), .submitted(let output): try output.value()
        case .submittedThen(_, let finish): try await finish().value()
        }
    }

    /// How a task fails.
    func failure(of task: ConnectorTask) async -> Failure? {
        do {
            _ = try await result(of: task)
            return nil
        } catch {
            return (error as? TaskFailure)?.failure
        }
    }
}

extension Logger {
    /// Logs nothing.
    static let silent = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
}
