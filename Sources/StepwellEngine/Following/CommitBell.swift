import Synchronization

/// Tells those who follow the log that there is more of it.
///
/// One ring for each commit; it costs a lock that nobody else holds when nobody waits.
package final class CommitBell: Sendable {
    private struct State: Sendable {
        var rings: UInt64 = 0
        var isClosed = false
        var lastWaiter: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// How often it rang.
    package var rings: UInt64 { state.withLock { $0.rings } }

    /// Wakes everyone who waits.
    package func ring() {
        wake { $0.rings += 1 }
    }

    /// Wakes everyone; nobody waits any more.
    package func close() {
        wake { $0.isClosed = true }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            let waiters = state.waiters
            if !waiters.isEmpty { state.waiters = [:] }
            return waiters
        }
        for waiter in waiters.values { waiter.resume() }
    }

    /// Waits until it rang more often than `rings`; false when it is closed.
    ///
    /// Throws `CancellationError` when the waiting task is cancelled.
    package func wait(beyond rings: UInt64) async throws -> Bool {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAnswered = state.withLock { state in
                    // Cancelled before it was known here: the handler found nobody to wake.
                    if state.rings > rings || state.isClosed || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isAnswered { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
        try Task.checkCancellation()
        return state.withLock { $0.rings > rings || !$0.isClosed }
    }
}
