import Logging
import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// `lambda:invoke` and `lambda:invoke.waitForTaskToken` of functions that handlers in this process
/// stand for: by name, by ARN, with a version or alias.
struct HandledFunctions: TaskConnector {
    /// The handlers of functions, in the order in which they were registered.
    let handlers: [any TaskConnector]
    let region: String
    let account: String
    let logger: Logger

    private static let statuses: [FunctionInvocation.Kind: Int] = [.event: 202, .dryRun: 204]

    func serves(_ resource: String) -> Bool {
        guard !handlers.isEmpty, case .integration(let task) = TaskResourceName(resource).kind
        else { return false }
        return task.resourceType == "lambda"
            && ["invoke", "invoke.waitForTaskToken"].contains(task.resource)
    }

    var hasLanes: Bool { handlers.contains { $0.hasLanes } }

    func lane(of task: ConnectorTask) -> TaskLane? {
        guard hasLanes, let parameters = try? task.dispatch.parameters.value(),
            let call = try? FunctionInvocation(parameters: parameters, .json)
        else { return nil }
        let function = arn(Self.qualified(call))
        return handlers.first { $0.serves(function) }?.lane(of: task)
    }

    func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        if task.isSubmitted { throw CancellationError() }
        let call = try FunctionInvocation(
            parameters: try task.dispatch.parameters.value(),
            .json
        )
        let name = Self.qualified(call)
        let id = task.ownUUID
        guard let handler = handlers.first(where: { $0.serves(arn(name)) }) else {
            throw FunctionFault.notFound(
                arn(name, qualifier: "$LATEST"),
                requestID: id
            ).optimised
        }
        if call.kind == .dryRun { return .succeeded(try output(Payload(text: []), call, id)) }
        var inner = task
        inner.dispatch.resource = arn(name)
        inner.dispatch.parameters = Payload(
            text: call.payload.isEmpty ? Array("{}".utf8) : call.payload
        )
        if call.kind == .event {
            accept(inner, handler)
            let nothing = try output(Payload(text: []), call, id)
            return task.endsByToken ? .submitted(nothing) : .succeeded(nothing)
        }
        switch try await handler.run(inner) {
        case .succeeded(let value): return .succeeded(try output(value, call, id))
        case .submitted(let value): return .submitted(try output(value, call, id))
        case .submittedThen(let value, let finish):
            return .submittedThen(try output(value, call, id), finish)
        }
    }

    /// Has an event done while its task goes on; it is lost with this process.
    private func accept(_ task: ConnectorTask, _ handler: any TaskConnector) {
        Task {
            do {
                _ = try await handler.run(task)
            } catch {
                let metadata: Logger.Metadata = [
                    "function": "\(task.dispatch.resource)", "error": "\(error)",
                ]
                logger.warning("an event was not done", metadata: metadata)
            }
        }
    }

    private static func qualified(_ call: FunctionInvocation) -> String {
        guard let qualifier = call.qualifier,
            FunctionReference(call.functionName)?.qualifier == nil
        else { return call.functionName }
        return "\(call.functionName):\(qualifier)"
    }

    /// The ARN that a name stands for; it itself when it is one.
    private func arn(_ text: String, qualifier: String? = nil) -> String {
        if FunctionReference(arn: text) != nil, qualifier == nil { return text }
        let name = FunctionReference(text)
        return FunctionReference.arn(
            name?.name ?? text,
            qualifier: name?.qualifier ?? qualifier,
            region: region,
            account: account
        )
    }

    /// Invoke's response around what the handler returned.
    private func output(
        _ value: Payload,
        _ call: FunctionInvocation,
        _ id: String
    ) throws -> Payload {
        let qualifier = FunctionReference(Self.qualified(call))?.qualifier
        let isVersion = qualifier.map { $0.utf8.allSatisfy { (48...57).contains($0) } } ?? false
        var answer = FunctionAnswer(
            status: Self.statuses[call.kind] ?? 200,
            payload: value.text,
            executedVersion: call.kind != .requestResponse
                ? nil : isVersion ? qualifier : "$LATEST",
            logResult: call.wantsLogTail ? "" : nil,
            requestID: id
        )
        answer.addHeaders(
            at: SystemClock().now(),
            traceHeader: call.traceHeader ?? "Root=1-00000000-\(id.filter { $0 != "-" }.prefix(24))"
        )
        return Payload(try answer.result())
    }
}
