package import StepwellHistory
import StepwellInterpreter

/// What DescribeMapRun answers.
package struct DescribeMapRunResponse: Sendable, Equatable {
    package var mapRunARN: String
    /// The execution whose Map state started the run.
    package var executionARN: String
    package var status: MapRunStatus
    package var startDate: Timestamp
    /// Nil while it runs.
    package var stopDate: Timestamp?
    /// 0 stands for no limit of the run's own.
    package var maxConcurrency: Int
    /// 0 to 100.
    package var toleratedFailurePercentage: Double
    package var toleratedFailureCount: Int64
    /// Of items and of child executions alike, each child having one item.
    package var counts: MapRunCounts
    /// How many children did not succeed and cannot be redriven any more.
    package var failuresNotRedrivable: Int
    package var redriveCount: Int
    /// When it was last redriven.
    package var redriveDate: Timestamp?
}

/// The status of a Map Run in the API.
package enum MapRunStatus: String, Sendable {
    case running = "RUNNING"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case aborted = "ABORTED"

    init(_ status: MapRun.Status) {
        switch status {
        case .running: self = .running
        case .succeeded: self = .succeeded
        case .failed: self = .failed
        case .aborted: self = .aborted
        }
    }
}

/// How many children of a Map Run there are of each status.
package struct MapRunCounts: Sendable, Equatable {
    /// Not started.
    package var pending: Int
    package var running: Int
    package var succeeded: Int
    package var failed: Int
    package var timedOut: Int
    package var aborted: Int
    package var total: Int
    /// Unsuccessful ones that wait to be redriven.
    package var pendingRedrive: Int

    init(_ run: MapRun) {
        running = run.count(.running)
        succeeded = run.count(.succeeded)
        failed = run.count(.failed)
        timedOut = run.count(.timedOut)
        // What was never started counts as aborted once nothing will start it.
        let rest = run.total - run.children.count
        let isOver = run.status != .running
        pending = isOver ? 0 : rest
        aborted = run.count(.aborted) + (isOver ? rest : 0)
        total = run.total
        pendingRedrive = run.pendingRedrive.count
    }
}

/// One entry of ListMapRuns.
package struct MapRunListItem: Sendable, Equatable {
    package var executionARN: String
    package var mapRunARN: String
    package var stateMachineARN: String
    package var startDate: Timestamp
    package var stopDate: Timestamp?
}
