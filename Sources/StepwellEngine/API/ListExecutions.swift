package import StepwellHistory

/// What ListExecutions is asked.
package struct ListExecutionsRequest: Sendable {
    package var stateMachineARN: String
    package var statusFilter: ExecutionStatus?
    /// 1 to 1,000; 0 stands for 100.
    package var maxResults: Int
    package var nextToken: String?

    package init(
        stateMachineARN: String,
        statusFilter: ExecutionStatus? = nil,
        maxResults: Int = 0,
        nextToken: String? = nil
    ) {
        self.stateMachineARN = stateMachineARN
        self.statusFilter = statusFilter
        self.maxResults = maxResults
        self.nextToken = nextToken
    }
}

/// One entry of ListExecutions.
package struct ExecutionListItem: Sendable, Equatable {
    package var executionARN: String
    package var stateMachineARN: String
    package var name: String
    package var status: ExecutionStatus
    /// Whether it waits for its Map Run to redrive it: `PENDING_REDRIVE`.
    package var isPendingRedrive = false
    package var startDate: Timestamp
    package var stopDate: Timestamp?
    /// The version that it was started with, directly or through an alias.
    package var stateMachineVersionARN: String?
    /// The alias that it was started with.
    package var stateMachineAliasARN: String?
    /// The Map Run that it is a child of.
    package var mapRunARN: String?
    package var redriveCount = 0
    /// When it was last redriven.
    package var redriveDate: Timestamp?
}
