import StepwellEngine
public import StepwellHistory

/// What is known of a Map Run: what a distributed Map state runs.
public struct MapRunDescription: Sendable, Hashable {
    /// The Map Run's ARN.
    public let arn: String
    /// The execution whose Map state it is of.
    public let executionARN: String
    /// Whether it runs, or how it ended; never `timedOut`.
    public let status: ExecutionStatus
    /// When it started.
    public let startDate: Timestamp
    /// When it ended; nil while it runs.
    public let stopDate: Timestamp?
    /// How many children may run at once; 0 is as many as there are.
    public let maxConcurrency: Int
    /// How many of a hundred may fail, 0 to 100.
    public let toleratedFailurePercentage: Double
    /// How many may fail.
    public let toleratedFailureCount: Int64
    /// The items, by what became of them.
    public let items: Counts
    /// The child executions, by what became of them.
    public let executions: Counts
    /// How often it was redriven.
    public let redriveCount: Int
    /// When it was last redriven.
    public let redriveDate: Timestamp?

    /// How many there are of each status.
    public struct Counts: Sendable, Hashable {
        /// Not started.
        public let pending: Int
        /// Under way.
        public let running: Int
        /// Ended well.
        public let succeeded: Int
        /// Failed.
        public let failed: Int
        /// Took too long.
        public let timedOut: Int
        /// Were stopped, or never started.
        public let aborted: Int
        /// All of them.
        public let total: Int
        /// Whose results a result writer has written.
        public let resultsWritten: Int

        init(_ counts: MapRunCounts) {
            pending = counts.pending
            running = counts.running
            succeeded = counts.succeeded
            failed = counts.failed
            timedOut = counts.timedOut
            aborted = counts.aborted
            total = counts.total
            resultsWritten = counts.resultsWritten
        }
    }

    init(_ response: DescribeMapRunResponse) {
        arn = response.mapRunARN
        executionARN = response.executionARN
        status = ExecutionStatus(response.status)
        startDate = response.startDate
        stopDate = response.stopDate
        maxConcurrency = response.maxConcurrency
        toleratedFailurePercentage = response.toleratedFailurePercentage
        toleratedFailureCount = response.toleratedFailureCount
        items = Counts(response.itemCounts)
        executions = Counts(response.executionCounts)
        redriveCount = response.redriveCount
        redriveDate = response.redriveDate
    }
}

/// A Map Run in a listing.
public struct MapRunSummary: Sendable, Hashable {
    /// The Map Run's ARN.
    public let arn: String
    /// The execution whose Map state it is of.
    public let executionARN: String
    /// When it started.
    public let startDate: Timestamp
    /// When it ended; nil while it runs.
    public let stopDate: Timestamp?

    init(_ item: MapRunListItem) {
        arn = item.mapRunARN
        executionARN = item.executionARN
        startDate = item.startDate
        stopDate = item.stopDate
    }
}

extension ExecutionStatus {
    fileprivate init(_ status: MapRunStatus) {
        switch status {
        case .running: self = .running
        case .succeeded: self = .succeeded
        case .failed: self = .failed
        case .aborted: self = .aborted
        }
    }
}
