import StepwellHistory
import StepwellInterpreter

/// The quota of open executions, and the end of executions whose state machine was deleted.
extension ShardCore {
    /// Whether one more execution may be open.
    ///
    /// As long as fewer executions were ever started than may be open, nothing is counted.
    func mayOpenExecution() throws(StoreError) -> Bool {
        guard nextNumber.rawValue > UInt64(max(0, limits.openExecutions)) else { return true }
        let count = if let openExecutions { openExecutions } else { try countOpenExecutions() }
        openExecutions = count
        return count < limits.openExecutions
    }

    /// Follows the number of open executions over a turn.
    ///
    /// The children of Map Runs do not count: `MaxConcurrency` and the limit of a run hold them.
    func countOpen(_ head: ExecutionHead, after summary: TurnSummary) {
        guard let count = openExecutions, !head.isMapRunChild else { return }
        let wasOpen = head.lastOrdinal > Ordinal(0) && head.summary.status == .running
        let isOpen = summary.status == .running
        if wasOpen != isOpen { openExecutions = max(0, count + (isOpen ? 1 : -1)) }
    }

    /// The open executions: those that the store lists, as they are in memory.
    private func countOpenExecutions() throws(StoreError) -> Int {
        var count = 0
        // Order-free: a sum.
        for arn in catalog.everyStateMachineARN {
            var place: ListingPlace?
            repeat {
                let heads = try store.heads(
                    .listing(stateMachineARN: arn, status: .running, after: place, limit: 1_000)
                )
                for head in heads where isOpen(head) { count += 1 }
                place = heads.last.map {
                    ListingPlace(startDate: $0.startDate, execution: $0.execution)
                }
            } while place != nil
        }
        // What was started or redriven since is not in the store's listing yet; a sum is
        // order-free.
        for number in Set(undurable.map(\.execution)) {
            guard let head = residents[number]?.head, head.summary.status == .running,
                !head.isMapRunChild
            else { continue }
            let stored = try store.heads(.execution(number)).first
            if stored?.summary.status != .running { count += 1 }
        }
        return count
    }

    private func isOpen(_ stored: ExecutionHead) -> Bool {
        (residents[stored.execution]?.head ?? stored).summary.status == .running
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
        case .timerFired, .continueTurn:
            resident.head.summary.status == .running
        case .childClosed(let child, _):
            resident.state.isOpen(child)
        case .start, .taskStarted, .taskSubmitted, .taskHeartbeat, .stop, .raiseSemantics,
            .mapRunUpdated, .redrive:
            false
        }
    }
}
