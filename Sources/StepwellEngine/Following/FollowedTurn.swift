package import StepwellHistory

/// A turn with whose it is.
package struct FollowedTurn: Sendable {
    /// As it was before the turn.
    package let execution: FollowedExecution
    package let number: ExecutionNumber
    /// The history events of the turn that are followed, oldest first.
    package let events: [HistoryEvent]
    /// What the execution was started with, where changes of status are followed and there is one.
    let input: Payload?
}
