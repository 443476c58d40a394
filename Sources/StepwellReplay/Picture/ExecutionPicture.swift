public import StepwellHistory

/// What an execution is at a place in its log: every active branch and iteration as a tree, with
/// state, input, variables, retries, and what it waits for since when.
public struct ExecutionPicture: Sendable, Hashable {
    /// A place in an execution's log.
    public struct Place: Sendable, Hashable {
        /// The newest event up to there; 0 for none.
        public let eventID: Int64
        /// The newest record up to there: events and what only the engine records, counted from 1.
        public let record: UInt64
        /// The time of that record.
        public let time: Timestamp
        /// The execution's newest event of all.
        public package(set) var lastEventID: Int64
        /// The execution's newest record of all.
        public package(set) var lastRecord: UInt64
    }

    /// The execution's ARN.
    public let executionARN: String
    /// Its name within the state machine.
    public let name: String
    /// The ARN of the state machine.
    public let stateMachineARN: String
    /// Whether it runs there, or how it ended.
    public let status: ExecutionStatus
    /// When it started.
    public let startDate: Timestamp
    /// When it closed; nil while it runs.
    public let stopDate: Timestamp?
    /// The place that is shown.
    public package(set) var place: Place
    /// What it was started with.
    public let input: PicturedPayload
    /// When it has succeeded.
    public let output: PicturedPayload?
    /// The error, when it has ended otherwise and there is one.
    public let error: String?
    /// The cause of that, when it is said.
    public let cause: String?
    /// The variables of the outermost scope.
    public let variables: [PicturedVariable]
    /// When the execution times out; nil when it does not.
    public let timeout: Timestamp?
    /// How often it was redriven.
    public let redriveCount: Int
    /// When it was last redriven.
    public let redriveDate: Timestamp?
    /// The execution's own branch with everything below it; empty once it has succeeded.
    public let branches: [ActiveBranch]
}
