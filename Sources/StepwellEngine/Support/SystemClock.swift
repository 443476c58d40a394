import Foundation
package import StepwellHistory

/// The wall clock, in whole milliseconds.
package struct SystemClock: EngineClock {
    package init() {}

    /// The wall clock's time.
    package func now() -> Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }

    /// The time left, whether anything is under way or not.
    package func nanoseconds(until due: Timestamp, whileIdle isIdle: Bool) -> UInt64 {
        let distance = due.milliseconds.subtractingReportingOverflow(now().milliseconds)
        guard !distance.overflow else { return .max }
        let (product, overflow) = UInt64(max(0, distance.partialValue))
            .multipliedReportingOverflow(by: 1_000_000)
        return overflow ? .max : product
    }
}
