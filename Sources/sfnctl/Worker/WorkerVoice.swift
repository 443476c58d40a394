import Synchronization

/// What a worker says on standard error: what it does not say twice, and how much it did.
final class WorkerVoice: Sendable {
    private struct State {
        var isMissing = false
        var succeeded = 0
        var failed = 0
    }

    private let state = Mutex(State())

    /// Says something.
    func say(_ text: String) {
        Terminal.note("sfnctl worker: \(Terminal.plain(text))")
    }

    /// The server did not answer, or is busy: said once until it is reached again.
    func missed(_ error: any Error) {
        let isFirst = state.withLock { state in
            defer { state.isMissing = true }
            return !state.isMissing
        }
        if isFirst { say("\(error); trying again until it can be reached") }
    }

    /// The server answered.
    func reached() {
        let wasMissing = state.withLock { state in
            defer { state.isMissing = false }
            return state.isMissing
        }
        if wasMissing { say("the server can be reached again") }
    }

    /// The server has the outcome of a task.
    func sent(_ outcome: CommandOutcome) {
        reached()
        state.withLock { state in
            switch outcome {
            case .succeeded: state.succeeded += 1
            case .failed: state.failed += 1
            }
        }
        if case .failed(let error, let cause) = outcome {
            say("a task failed: \(error): \(cause.prefix(200))")
        }
    }

    /// The worker has ended in order.
    func ended() {
        let (succeeded, failed) = state.withLock { ($0.succeeded, $0.failed) }
        say("ended: \(succeeded) tasks succeeded, \(failed) failed")
    }
}
