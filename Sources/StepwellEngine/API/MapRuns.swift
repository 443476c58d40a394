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
    package var itemCounts: MapRunCounts
    package var executionCounts: MapRunCounts
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
    /// Whose results a result writer has written.
    package var resultsWritten: Int
    /// Unsuccessful ones that cannot be redriven any more.
    package var failuresNotRedrivable: Int

    /// Of the items of a run.
    init(itemsOf run: MapRun, failuresNotRedrivable lost: [Int]) {
        running = run.itemCount(.running)
        succeeded = run.itemCount(.succeeded)
        failed = run.itemCount(.failed)
        timedOut = run.itemCount(.timedOut)
        // What was never started counts as aborted once nothing will start it.
        let isOver = run.status != .running
        pending = isOver ? 0 : run.itemsLeft
        aborted = run.itemCount(.aborted) + (isOver ? run.itemsLeft : 0)
        total = run.total
        pendingRedrive = run.pendingRedrive.reduce(0) { $0 + run.itemCount(of: $1) }
        resultsWritten = run.resultsWritten == 0 ? 0 : run.total - run.itemsLeft
        failuresNotRedrivable = lost.reduce(0) { $0 + run.itemCount(of: $1) }
    }

    /// Of the child executions of a run; without batches they are as many as its items.
    init(executionsOf run: MapRun, failuresNotRedrivable lost: [Int]) {
        self.init(itemsOf: run, failuresNotRedrivable: lost)
        guard run.plan?.batching != nil else { return }
        running = run.count(.running)
        succeeded = run.count(.succeeded)
        failed = run.count(.failed)
        timedOut = run.count(.timedOut)
        aborted = run.count(.aborted)
        // How many batches the items left would make is not known.
        pending = 0
        total = run.children.count
        pendingRedrive = run.pendingRedrive.count
        resultsWritten = run.resultsWritten
        failuresNotRedrivable = lost.count
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
