import StepwellEngine
public import StepwellHistory

/// An execution in a listing.
public struct ExecutionSummary: Sendable, Hashable {
    /// The execution's ARN.
    public let arn: String
    /// Its name within the state machine.
    public let name: String
    /// The ARN of the state machine.
    public let stateMachineARN: String
    /// Whether it runs, or how it ended.
    public let status: ExecutionStatus
    /// When it started.
    public let startDate: Timestamp
    /// When it closed; nil while it runs.
    public let stopDate: Timestamp?
    /// How often it was redriven.
    public let redriveCount: Int
    /// When it was last redriven.
    public let redriveDate: Timestamp?

    init(_ head: ExecutionHead) {
        name = head.executionName
        stateMachineARN = head.stateMachineARN
        // The name of an execution of an Express workflow has its own id after a colon.
        arn =
            ExecutionARN(
                stateMachineARN: head.stateMachineARN,
                name: name,
                isExpress: name.utf8.contains(UInt8(ascii: ":"))
            ).string
        status = head.summary.status
        startDate = head.startDate
        stopDate = head.stopDate
        redriveCount = head.redriveCount
        redriveDate = head.redriveDate
    }

    init(_ item: ExecutionListItem) {
        stateMachineARN = item.stateMachineARN
        arn = item.executionARN
        name = item.name
        status = item.status
        startDate = item.startDate
        stopDate = item.stopDate
        redriveCount = item.redriveCount
        redriveDate = item.redriveDate
    }
}
