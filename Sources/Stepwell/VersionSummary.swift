import StepwellEngine
public import StepwellHistory

/// A published version of a state machine.
public struct VersionSummary: Sendable, Hashable {
    /// The version's ARN: the state machine's, with the number.
    public let arn: String
    /// When it was published.
    public let creationDate: Timestamp

    init(_ item: StateMachineVersionListItem) {
        arn = item.stateMachineVersionARN
        creationDate = item.creationDate
    }
}
