import NIOCore
import Synchronization

/// Says once in a while, not each time, that something goes wrong again and again.
final class PeriodicNotice: Sendable {
    private struct State {
        var next = NIODeadline.uptimeNanoseconds(0)
        var count = 0
    }

    private let state = Mutex(State())
    private let period: TimeAmount

    /// A notice that is due once in a period.
    init(every period: TimeAmount = .minutes(1)) {
        self.period = period
    }

    /// Counts an occasion; how many there were since the last notice, when one is due.
    func occasion() -> Int? {
        state.withLock { state in
            state.count += 1
            let now = NIODeadline.now()
            guard now >= state.next else { return nil }
            defer { state = State(next: now + period) }
            return state.count
        }
    }
}
