import StepwellEngine
public import StepwellHistory
public import StepwellReplay

/// What is known of an execution.
public struct ExecutionDescription: Sendable {
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
    /// The input's JSON text.
    public let input: String
    /// The output's JSON text, when it succeeded.
    public let output: String?
    /// Error and cause, when it ended otherwise.
    public let failure: Failure?
    /// How often it was redriven.
    public let redriveCount: Int
    /// When it was last redriven.
    public let redriveDate: Timestamp?
    /// Why it cannot be redriven now, in AWS's words; nil when it can.
    public let redriveStatusReason: String?
    /// Where it stands: the execution's own thread of control with every active branch and
    /// iteration below it, each with its state, input, variables, retries and what it waits for;
    /// where it ended when it did not succeed, empty when it did.
    ///
    /// Of a state with very many iterations the first 100 that are under way;
    /// ``Execution/picture(at:maxChildren:)`` gives more.
    public let branches: [ActiveBranch]

    init(_ response: DescribeExecutionResponse, branches: [ActiveBranch]) {
        self.branches = branches
        arn = response.executionARN
        name = response.name
        stateMachineARN = response.stateMachineARN
        status = response.status
        startDate = response.startDate
        stopDate = response.stopDate
        input = response.input.string
        output = response.output?.string
        failure = response.failure
        redriveCount = response.redriveCount
        redriveDate = response.redriveDate
        redriveStatusReason = response.redriveStatusReason
    }
}

/// An execution in a listing.
public struct ExecutionSummary: Sendable, Hashable {
    /// The execution's ARN.
    public let arn: String
    /// Its name within the state machine.
    public let name: String
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

    init(_ item: ExecutionListItem) {
        arn = item.executionARN
        name = item.name
        status = item.status
        startDate = item.startDate
        stopDate = item.stopDate
        redriveCount = item.redriveCount
        redriveDate = item.redriveDate
    }
}
