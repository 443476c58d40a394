import StepwellHistory
import StepwellInterpreter

/// Time that passed without the engine: the process was down or stopped, or the clock was set
/// forward.
///
/// Workers could not report in it, so it does not count against them.
struct TimeGap: Sendable, Equatable {
    /// When the engine ran again.
    let end: Timestamp
    /// How long it was, in milliseconds; nil when the process was down, for it is not known since
    /// when.
    let length: Int64?
    /// How long a task that was due while the process was down may still report, in milliseconds.
    static let grace: Int64 = 60_000

    /// When a timer that waits for a worker is due in view of this gap.
    ///
    /// After it a worker has the time of one heartbeat, and a task the time that it had left when
    /// it began: up to a minute, when that is not known.
    func deadline(_ due: Timestamp, armed: Timestamp, _ patience: Patience) -> Timestamp {
        guard armed < end else { return due }
        let whole = end.advanced(byMilliseconds: patience.milliseconds)
        if patience.isHeartbeat { return max(due, whole) }
        guard let length else {
            return max(due, min(whole, end.advanced(byMilliseconds: Self.grace)))
        }
        // What was overdue before had its time.
        guard due > end.advanced(byMilliseconds: -length) else { return due }
        return max(due, min(whole, due.advanced(byMilliseconds: length)))
    }
}
