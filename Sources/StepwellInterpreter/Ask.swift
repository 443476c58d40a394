package import StepwellHistory

/// What a decision asks for beside its records: an effect that is made out of the state when it
/// has taken them.
package enum Ask: Sendable {
    /// The execution is closed.
    case closed
    /// The task of a branch is handed out, if everything about it is recorded; how often it had
    /// been delivered before, -1 when it was not scheduled.
    case dispatch(BranchID, deliveriesBefore: Int)
    /// A child of a Map Run starts, or goes on.
    case child(Int, ofMapRun: Int)
}
