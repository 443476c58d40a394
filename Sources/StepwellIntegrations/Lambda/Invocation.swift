import NIOCore
import StepwellEngine
import Synchronization

/// One invocation on its way through a function's pool; answered once, whoever is first.
final class Invocation: Sendable {
    let id = RequestNames.uuid()
    let call: FunctionInvocation
    /// The ARN by which it was called.
    let arn: String
    let traceHeader: String
    let came = NIODeadline.now()
    private let waiting = Mutex<CheckedContinuation<Result<FunctionAnswer, AWSFault>, Never>?>(nil)
    private let isAnswered = Atomic(false)

    init(_ call: FunctionInvocation, arn: String) {
        self.call = call
        self.arn = arn
        traceHeader = call.traceHeader ?? RequestNames.trace()
    }

    /// Whether somebody waits for the answer.
    var isWanted: Bool { !isAnswered.load(ordering: .acquiring) }

    /// Says who waits; called once, before anything else.
    func wait(_ continuation: CheckedContinuation<Result<FunctionAnswer, AWSFault>, Never>) {
        waiting.withLock { $0 = continuation }
    }

    /// Answers, unless that was done.
    func answer(_ result: Result<FunctionAnswer, AWSFault>) {
        guard !isAnswered.exchange(true, ordering: .acquiringAndReleasing) else { return }
        waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }?.resume(returning: result)
    }
}
