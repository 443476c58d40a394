package import StepwellHistory

/// How many executions there are of each status, or how many more.
package struct StatusCounts: Sendable, Hashable {
    private var running = 0
    private var succeeded = 0
    private var failed = 0
    private var timedOut = 0
    private var aborted = 0

    /// None.
    package init() {}

    /// How many there are of a status.
    package subscript(status: ExecutionStatus) -> Int {
        get {
            switch status {
            case .running: running
            case .succeeded: succeeded
            case .failed: failed
            case .timedOut: timedOut
            case .aborted: aborted
            }
        }
        set {
            switch status {
            case .running: running = newValue
            case .succeeded: succeeded = newValue
            case .failed: failed = newValue
            case .timedOut: timedOut = newValue
            case .aborted: aborted = newValue
            }
        }
    }

    /// Those of both together.
    package static func + (left: StatusCounts, right: StatusCounts) -> StatusCounts {
        combined(left, right, +)
    }

    /// How many more there are of each status.
    package static func - (left: StatusCounts, right: StatusCounts) -> StatusCounts {
        combined(left, right, -)
    }

    private static func combined(
        _ left: StatusCounts,
        _ right: StatusCounts,
        _ combine: (Int, Int) -> Int
    ) -> StatusCounts {
        var result = StatusCounts()
        for status in ExecutionStatus.allCases {
            result[status] = combine(left[status], right[status])
        }
        return result
    }
}
