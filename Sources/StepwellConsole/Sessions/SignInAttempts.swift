import StepwellEngine
import StepwellHistory
import Synchronization

/// How often signing in may be tried: ten times a minute from an address, a hundred times in all.
final class SignInAttempts: Sendable {
    private struct Window: Sendable {
        var begin: Timestamp
        var total = 0
        var byPeer: [String: Int] = [:]
    }

    private static let windowMilliseconds: Int64 = 60_000
    private static let limit = 10
    private static let totalLimit = 100

    private let clock: any EngineClock
    private let window: Mutex<Window>

    init(clock: any EngineClock) {
        self.clock = clock
        window = Mutex(Window(begin: clock.now()))
    }

    /// Counts an attempt from an address; false when there were too many.
    func admit(_ peer: String?) -> Bool {
        let now = clock.now()
        return window.withLock { window in
            if now.milliseconds - window.begin.milliseconds >= Self.windowMilliseconds {
                window = Window(begin: now)
            }
            let count = window.byPeer[peer ?? "", default: 0]
            guard count < Self.limit, window.total < Self.totalLimit else { return false }
            // No more addresses than attempts: the table has a bound.
            window.byPeer[peer ?? "", default: 0] += 1
            window.total += 1
            return true
        }
    }

    /// Takes back an attempt that was right.
    func succeeded(_ peer: String?) {
        window.withLock { window in
            guard let count = window.byPeer[peer ?? ""], count > 0 else { return }
            window.byPeer[peer ?? ""] = count - 1
            window.total -= 1
        }
    }
}
