public import StepwellEngine
import StepwellHistory
import StepwellInterpreter
public import StepwellJSON
import Synchronization

/// A handler that answers from a script, for tests of workflows: the nth call gets the nth answer,
/// and every call is kept to be looked at.
public final class ScriptedConnector: TaskConnector {
    /// What a call is answered with.
    public enum Answer: Sendable {
        /// The task succeeds with this result.
        case succeed(JSONValue)
        /// The task fails with this error name and cause.
        case fail(error: String, cause: String?)
    }

    private struct State: Sendable {
        var answers: [Answer]
        var inputs: [JSONValue] = []
    }

    private let resource: String
    private let state: Mutex<State>

    /// A handler of one resource; the last answer is repeated.
    public init(_ resource: String, answers: [Answer]) {
        self.resource = resource
        state = Mutex(State(answers: answers))
    }

    /// The inputs of the calls so far, in order.
    public var inputs: [JSONValue] { state.withLock { $0.inputs } }

    /// Answers one call; throws when the script has it fail, or has no answers.
    public func respond(to input: JSONValue) throws -> JSONValue {
        let answer = state.withLock { state -> Answer? in
            state.inputs.append(input)
            guard state.answers.count > 1 else { return state.answers.first }
            return state.answers.removeFirst()
        }
        switch answer {
        case .succeed(let value): return value
        case .fail(let error, let cause): throw TaskFailure(error: error, cause: cause)
        case nil: throw TaskFailure(error: "ScriptedConnector.NoAnswer", cause: resource)
        }
    }

    /// Serves its one resource.
    package func serves(_ resource: String) -> Bool {
        resource.utf8.elementsEqual(self.resource.utf8)
    }

    /// Answers by the script.
    package func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        let result = Payload(try respond(to: try task.dispatch.parameters.value()))
        return task.dispatch.resource.hasSuffix(".waitForTaskToken")
            ? .submitted(result) : .succeeded(result)
    }
}
