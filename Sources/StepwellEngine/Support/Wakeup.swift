/// Wakes one sleeping thread: a flag that stays raised until the thread has seen it.
// Safe: `isRaised` is read and written only while `condition` is locked.
package final class Wakeup: @unchecked Sendable {
    private let condition = MonotonicCondition()
    private var isRaised = false

    package init() {}

    /// Lets the sleeper go on, now or when it next sleeps.
    package func raise() {
        condition.lock()
        isRaised = true
        condition.unlock()
        condition.signal()
    }

    /// Sleeps until raised or until `nanoseconds` have passed, and lowers the flag.
    package func wait(nanoseconds: UInt64) {
        condition.lock()
        defer { condition.unlock() }
        guard !isRaised, nanoseconds > 0 else {
            isRaised = false
            return
        }
        if nanoseconds >= Self.forever {
            while !isRaised { condition.wait() }
        } else {
            let end = MonotonicCondition.Moment(in: nanoseconds)
            while !isRaised, condition.wait(upTo: end) {}
        }
        isRaised = false
    }

    /// A year; longer waits have no limit.
    private static let forever: UInt64 = 31_536_000 * 1_000_000_000
}
