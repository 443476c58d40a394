package import StepwellHistory

/// How many executions there are of each status.
package struct StatusCounts: Sendable, Hashable {
    private var counts = [Int](repeating: 0, count: ExecutionStatus.allCases.count)

    /// None.
    package init() {}

    /// How many there are of a status.
    package subscript(status: ExecutionStatus) -> Int {
        get { counts[Self.place(of: status)] }
        set { counts[Self.place(of: status)] = newValue }
    }

    /// Those of both together.
    package static func += (left: inout StatusCounts, right: StatusCounts) {
        for place in left.counts.indices { left.counts[place] += right.counts[place] }
    }

    private static func place(of status: ExecutionStatus) -> Int {
        switch status {
        case .running: 0
        case .succeeded: 1
        case .failed: 2
        case .timedOut: 3
        case .aborted: 4
        }
    }
}
