import Synchronization

/// Adds up the time in which a process did not run: what lies between two readings of its clock
/// beyond the longest time that whoever reads it sleeps.
final class PauseWatch: Sendable {
    /// The longest that the reader sleeps between two readings, in milliseconds.
    static let longestSleep: Int64 = 1_000
    /// Milliseconds between two readings beyond which they count as missed.
    static let threshold: Int64 = 1_500

    private let last = Atomic<Int64>(.min)
    private let missed = Atomic<Int64>(0)

    /// Notes a reading at an uptime, and gives what was missed up to now, in milliseconds.
    func note(_ uptime: Int64) -> Int64 {
        let before = last.exchange(uptime, ordering: .relaxed)
        guard before != .min, uptime - before > Self.threshold else {
            return missed.load(ordering: .relaxed)
        }
        let lost = uptime - before - Self.longestSleep
        return missed.add(lost, ordering: .relaxed).newValue
    }
}
