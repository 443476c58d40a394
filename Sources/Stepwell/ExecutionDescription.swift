import StepwellEngine
public import StepwellHistory
import StepwellJSON
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

    private let coding: PayloadCoding

    init(
        _ response: DescribeExecutionResponse,
        branches: [ActiveBranch],
        coding: PayloadCoding
    ) {
        self.branches = branches
        self.coding = coding
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

    /// The state that the execution's own thread of control is in; nil when it has succeeded.
    public var currentState: String? { branches.first?.state }

    /// The input as a value.
    ///
    /// - Throws: `DecodingError` when it is none of the type.
    public func input<Input: Decodable>(as type: Input.Type) throws -> Input {
        try coding.decode(type, from: try JSONValue(parsing: input))
    }

    /// The output as a value; nil unless the execution succeeded.
    ///
    /// - Throws: `DecodingError` when it is none of the type.
    public func output<Output: Decodable>(as type: Output.Type) throws -> Output? {
        try output.map { try coding.decode(type, from: try JSONValue(parsing: $0)) }
    }
}
