import StepwellHistory
import StepwellInterpreter

/// The quota of open executions, and the end of executions whose state machine was deleted.
extension ShardCore {
    /// Follows the number of open executions over a turn.
    ///
    /// The children of Map Runs do not count: `MaxConcurrency` and the limit of a run hold them.
    func countOpen(_ head: ExecutionHead, after summary: TurnSummary) {
        guard !head.isMapRunChild else { return }
        let wasOpen = head.lastOrdinal > Ordinal(0) && head.summary.status == .running
        let isOpen = summary.status == .running
        if wasOpen != isOpen { openExecutions += isOpen ? 1 : -1 }
    }

    /// Ends an execution whose state machine was deleted instead of letting an input move it on.
    ///
    /// AWS ends the executions of a state machine that is being deleted at their next state
    /// transition (DeleteStateMachine). Starts of work, heartbeats and stops go on as ever.
    func endIfDeleted(
        _ resident: ResidentExecution,
        before input: Input,
        at now: Timestamp
    ) -> Bool {
        guard catalog.isDeleted(resident.head.stateMachineARN), moves(resident, by: input) else {
            return false
        }
        let end = Input.stop(Failure(error: nil, cause: nil))
        guard case .accepted = turn(resident, end, at: now) else { return false }
        return true
    }

    private func moves(_ resident: ResidentExecution, by input: Input) -> Bool {
        switch input {
        case .taskSucceeded(let task, _), .taskFailed(let task, _), .taskSubmitFailed(let task, _):
            resident.state.task(scheduledAt: task) != nil
        case .timerFired, .continueTurn, .itemsRead, .itemsNotRead, .resultsWritten,
            .resultsNotWritten:
            resident.head.summary.status == .running
        case .childClosed(let child, _):
            resident.state.isOpen(child)
        case .childrenClosed(let children):
            children.contains { resident.state.isOpen($0.child) }
        case .start, .taskStarted, .taskSubmitted, .taskHeartbeat, .stop, .raiseSemantics,
            .mapRunUpdated, .redrive, .nestedStopped:
            false
        }
    }
}
