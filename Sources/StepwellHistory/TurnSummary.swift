/// What an execution's state is, in brief, after a turn: enough to know after a restart, without
/// loading the state, whether and when it needs attention.
///
/// Part of the turn, hence of its digest.
package struct TurnSummary: Sendable, Hashable {
    package var status: ExecutionStatus
    /// The earliest armed timer.
    package var nextDue: Timestamp?
    /// Tasks handed out or waiting for a worker.
    package var pendingTasks: UInt32
    /// Whether the turn ended at its budget and the input `continueTurn` has to follow.
    package var isRunnable: Bool

    package init(
        status: ExecutionStatus,
        nextDue: Timestamp?,
        pendingTasks: UInt32,
        isRunnable: Bool
    ) {
        self.status = status
        self.nextDue = nextDue
        self.pendingTasks = pendingTasks
        self.isRunnable = isRunnable
    }
}
