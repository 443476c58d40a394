package import StepwellHistory

/// A turn with whose it is.
package struct FollowedTurn: Sendable {
    /// As it was before the turn.
    package let execution: FollowedExecution
    package let number: ExecutionNumber
    /// The history events of the turn, oldest first.
    package let events: [HistoryEvent]
}
