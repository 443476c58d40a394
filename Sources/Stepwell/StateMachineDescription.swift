import StepwellEngine
public import StepwellHistory

/// What is known of a state machine.
public struct StateMachineDescription: Sendable, Hashable {
    /// The state machine's ARN.
    public let arn: String
    /// Its name.
    public let name: String
    /// The definition's text as it was given.
    public let definition: String
    /// Standard or Express.
    public let type: StateMachineType
    /// The role that is recorded as the executions'.
    public let role: String
    /// The revision of the definition; nil before the first update.
    public let revisionID: String?
    /// When it was created.
    public let creationDate: Timestamp
    /// When the definition came into force.
    public let updateDate: Timestamp

    init(_ response: DescribeStateMachineResponse) {
        arn = response.stateMachineARN
        name = response.name
        definition = response.definition
        type = response.type
        role = response.roleARN
        revisionID = response.revisionID
        creationDate = response.creationDate
        updateDate = response.updateDate
    }
}

/// A state machine in a listing.
public struct StateMachineSummary: Sendable, Hashable {
    /// The state machine's ARN.
    public let arn: String
    /// Its name.
    public let name: String
    /// Standard or Express.
    public let type: StateMachineType
    /// When it was created.
    public let creationDate: Timestamp

    init(_ item: StateMachineListItem) {
        arn = item.stateMachineARN
        name = item.name
        type = item.type
        creationDate = item.creationDate
    }
}
