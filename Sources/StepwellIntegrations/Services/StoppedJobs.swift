import Synchronization

/// The tasks whose jobs were stopped lately, or are just now: the two ways in which that is asked
/// for stop them once.
final class StoppedJobs: Sendable {
    /// What is known of the job of a task.
    enum Claim: Sendable {
        /// Whoever asks is to stop it, and says how that went.
        case granted
        /// Somebody does so just now.
        case underWay
        case stopped
    }

    private struct State: Sendable {
        var underWay: Set<String> = []
        var stopped: Set<String> = []
        var order: [String] = []
    }

    private static let remembered = 4_096
    private let state = Mutex(State())

    /// Asks to stop the job of a task, by its idempotency key.
    func claim(_ key: String) -> Claim {
        state.withLock { state in
            if state.stopped.contains(key) { return .stopped }
            return state.underWay.insert(key).inserted ? .granted : .underWay
        }
    }

    /// Ends a claim that was granted.
    func settle(_ key: String, isStopped: Bool) {
        state.withLock { state in
            state.underWay.remove(key)
            guard isStopped, state.stopped.insert(key).inserted else { return }
            state.order.append(key)
            guard state.order.count > Self.remembered else { return }
            let forgotten = state.order.prefix(Self.remembered / 2)
            state.stopped.subtract(forgotten)
            state.order.removeFirst(forgotten.count)
        }
    }
}
