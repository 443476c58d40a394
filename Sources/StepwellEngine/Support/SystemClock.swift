import Foundation
package import StepwellHistory

/// The wall clock, in whole milliseconds.
package struct SystemClock: EngineClock {
    private static let origin = ContinuousClock.now

    private let watch = PauseWatch()

    package init() {}

    /// The wall clock's time.
    package func now() -> Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }

    /// The wall clock's time, the time since the system started, and how much of it this process
    /// did not get, provided that it is read once a second.
    package func reading() -> ClockReading {
        var before = Self.uptime()
        var time = now()
        var after = Self.uptime()
        // A process that is stopped between the two would take that for a clock that was set.
        for _ in 0..<3 where after - before > 10 {
            before = Self.uptime()
            time = now()
            after = Self.uptime()
        }
        return ClockReading(time: time, uptime: after, missed: watch.note(after))
    }

    /// The time left, whether anything is under way or not; at most a second, so that time in
    /// which the process does not run is noticed.
    package func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 {
        let distance = due.milliseconds.subtractingReportingOverflow(now().milliseconds)
        let left = distance.overflow ? PauseWatch.longestSleep : distance.partialValue
        return UInt64(min(max(0, left), PauseWatch.longestSleep)) * 1_000_000
    }

    private static func uptime() -> Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - origin).components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
