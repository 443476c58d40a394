import StepwellEngine
import Synchronization

/// Lets tasks wait until it is raised, once and for all; says why, where that is a failure.
final class EndSignal: Sendable {
    private enum State: Sendable {
        case waiting([CheckedContinuation<ServiceError?, Never>])
        case raised(ServiceError?)
    }

    private let state = Mutex(State.waiting([]))

    func raise(_ failure: ServiceError? = nil) {
        let waiters = state.withLock { state -> [CheckedContinuation<ServiceError?, Never>] in
            guard case .waiting(let waiters) = state else { return [] }
            state = .raised(failure)
            return waiters
        }
        for waiter in waiters { waiter.resume(returning: failure) }
    }

    /// The failure that it was raised for; nil when all is well.
    func wait() async -> ServiceError? {
        await withCheckedContinuation { continuation in
            let raised = state.withLock { state -> ServiceError?? in
                switch state {
                case .raised(let failure): return .some(failure)
                case .waiting(var waiters):
                    waiters.append(continuation)
                    state = .waiting(waiters)
                    return nil
                }
            }
            if let raised { continuation.resume(returning: raised) }
        }
    }
}
