package import StepwellHistory

/// What DescribeExecution answers.
package struct DescribeExecutionResponse: Sendable, Equatable {
    package var executionARN: String
    package var stateMachineARN: String
    package var name: String
    package var status: ExecutionStatus
    package var startDate: Timestamp
    /// Nil while it runs.
    package var stopDate: Timestamp?
    package var input: Payload
    /// When it succeeded.
    package var output: Payload?
    /// When it failed, timed out or was aborted.
    package var failure: Failure?
    package var traceHeader: String?
    package var stateMachineVersionARN: String?
    package var stateMachineAliasARN: String?
    /// The Map Run that it is a child of.
    package var mapRunARN: String?
    /// Whether its Map Run has been redriven and will redrive it; AWS's `PENDING_REDRIVE`.
    package var isPendingRedrive = false
    package var redriveCount = 0
    /// When it was last redriven.
    package var redriveDate: Timestamp?
    /// Why it cannot be redriven; nil when it can.
    package var redriveObstacle: RedriveObstacle?

    /// Error and cause as AWS shows them: not those of an execution that timed out (recorded).
    package var shownFailure: Failure? { status == .timedOut ? nil : failure }

    /// `redriveStatus`.
    package var redriveStatus: String {
        switch redriveObstacle {
        case nil: "REDRIVABLE"
        case .childOfMapRun: "REDRIVABLE_BY_MAP_RUN"
        default: "NOT_REDRIVABLE"
        }
    }

    /// `redriveStatusReason`, of what is not redrivable.
    package var redriveStatusReason: String? {
        redriveObstacle == .childOfMapRun ? nil : redriveObstacle?.rawValue
    }
}
