import Dispatch
import Foundation
import Synchronization

/// A call that may wait for a disk or a reader for ever, on a thread of its own.
package final class SlowCall<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [CheckedContinuation<Value, Never>] = []
    }

    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)

    /// Begins the call.
    package init(_ body: @escaping @Sendable () -> Value) {
        let thread = Thread { [self] in
            let value = body()
            let waiters = state.withLock { state in
                state.value = value
                defer { state.waiters = [] }
                return state.waiters
            }
            ended.signal()
            for waiter in waiters { waiter.resume(returning: value) }
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// What it came to; nil when that is not known in time.
    ///
    /// It goes on then.
    package func value(withinMilliseconds limit: Int) -> Value? {
        if ended.wait(timeout: .now() + .milliseconds(limit)) == .success { ended.signal() }
        return state.withLock { $0.value }
    }

    /// What it came to, however long it takes.
    package var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let value: Value? = state.withLock { state in
                    if state.value == nil { state.waiters.append(continuation) }
                    return state.value
                }
                if let value { continuation.resume(returning: value) }
            }
        }
    }
}
