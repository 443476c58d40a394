package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
public import StepwellJSON
import Synchronization

/// A handler that answers from a script, for tests of workflows: the nth call gets the nth answer,
/// and every call is kept to be looked at.
///
/// ```swift
/// let card = ScriptedConnector(
///     "charge-card",
///     answers: [.fail(error: "Busy"), .succeed(["charged": 4_200])]
/// )
/// let engine = try await WorkflowEngine.open(in: MemoryStore()) { $0.connect(card) }
/// ```
public final class ScriptedConnector: Sendable {
    /// What a call is answered with.
    public struct Answer: Sendable {
        enum Kind: Sendable {
            case succeed(JSONValue)
            case fail(error: String, cause: String?)
            case hang
        }

        let kind: Kind

        /// The task succeeds with this result; one with a task token is submitted with it.
        public static func succeed(_ result: JSONValue) -> Answer {
            Answer(kind: .succeed(result))
        }

        /// The task fails with this error name and cause.
        public static func fail(error: String, cause: String? = nil) -> Answer {
            Answer(kind: .fail(error: error, cause: cause))
        }

        /// The task is not answered: it ends when the state times out, or with its execution.
        ///
        /// A virtual clock does not skip while a handler is at work; move it by
        /// ``VirtualClock/advance(by:)`` once the call is there (``ScriptedConnector/call(_:)``).
        public static let hang = Answer(kind: .hang)
    }

    /// One call: what a task asked, and of which execution it is.
    public struct Call: Sendable {
        /// The task's input.
        public let input: JSONValue
        /// The same for every delivery of the task, and for no other task.
        public let idempotencyKey: String
        /// The ARN of the execution.
        public let executionARN: String
        /// The name of the Task state.
        public let stateName: String
        /// Which attempt it is, from 1.
        public let attempt: Int
        /// Whether an earlier life of the engine may have made this very call.
        public let isRedelivery: Bool
        /// The task token, for resources with `.waitForTaskToken`.
        public let token: String?
    }

    /// Somebody who waits until there are enough calls.
    private struct Waiter: Sendable {
        let id: Int
        let number: Int
        let continuation: CheckedContinuation<Call, any Error>
    }

    private struct State: Sendable {
        var answers: [Answer]
        var calls: [Call] = []
        var waiters: [Waiter] = []
        var lastWaiter = 0
    }

    /// The resource that it stands for, as `handle` takes it: a name, or an ARN.
    public let resource: String
    private let state: Mutex<State>

    /// A handler of one resource; the last answer is repeated.
    public init(_ resource: String, answers: [Answer]) {
        self.resource = resource
        state = Mutex(State(answers: answers))
    }

    /// The calls so far, in order.
    public var calls: [Call] { state.withLock { $0.calls } }

    /// The inputs of the calls so far, in order.
    public var inputs: [JSONValue] { calls.map(\.input) }

    /// Waits until there have been `number` calls (from 1), and gives that one.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled.
    public func call(_ number: Int) async throws -> Call {
        precondition(number > 0, "calls are numbered from 1")
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = Waiter(id: id, number: number, continuation: continuation)
                let answer = state.withLock { state -> Result<Call, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.calls.count >= number { return .success(state.calls[number - 1]) }
                    state.waiters.append(waiter)
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
                    return nil
                }
                return state.waiters.remove(at: index)
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Answers a call by the script.
    ///
    /// - Throws: `TaskFailure` when the script has it fail, or has no answers;
    ///   `CancellationError` when it hangs and its task is called back.
    func answer(_ call: Call) async throws -> JSONValue {
        let (answer, waiters) = state.withLock { state in
            state.calls.append(call)
            let count = state.calls.count
            let waiters = state.waiters.filter { $0.number <= count }
            state.waiters.removeAll { $0.number <= count }
            let answer = state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first
            return (answer, waiters.map { ($0.continuation, state.calls[$0.number - 1]) })
        }
        for (continuation, call) in waiters { continuation.resume(returning: call) }
        switch answer?.kind {
        case .succeed(let value): return value
        case .fail(let error, let cause): throw TaskFailure(error: error, cause: cause)
        case .hang:
            let (calls, continuation) = AsyncStream.makeStream(of: Void.self)
            for await () in calls {}
            withExtendedLifetime(continuation) {}
            throw CancellationError()
        case nil: throw TaskFailure(error: "ScriptedConnector.NoAnswer", cause: resource)
        }
    }
}

extension ScriptedConnector: TaskConnector {
    /// Serves its one resource.
    package func serves(_ resource: String) -> Bool {
        resource.utf8.elementsEqual(self.resource.utf8)
    }

    /// Answers by the script.
    package func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        let call = Call(
            input: try task.dispatch.parameters.value(),
            idempotencyKey: task.idempotencyKey,
            executionARN: task.executionARN,
            stateName: task.dispatch.stateName,
            attempt: task.dispatch.retryCount + 1,
            isRedelivery: task.isRedelivery,
            token: task.token
        )
        let result = Payload(try await answer(call))
        return task.endsByToken ? .submitted(result) : .succeeded(result)
    }
}
