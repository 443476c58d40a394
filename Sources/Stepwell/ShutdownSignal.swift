import Synchronization

/// Lets tasks wait until it is raised, once and for all.
final class ShutdownSignal: Sendable {
    private enum State: Sendable {
        case waiting([CheckedContinuation<Void, Never>])
        case raised
    }

    private let state = Mutex(State.waiting([]))

    func raise() {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard case .waiting(let waiters) = state else { return [] }
            state = .raised
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isRaised = state.withLock { state in
                guard case .waiting(var waiters) = state else { return true }
                waiters.append(continuation)
                state = .waiting(waiters)
                return false
            }
            if isRaised { continuation.resume() }
        }
    }
}
