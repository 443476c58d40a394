import Logging
import StepwellHistory
import StepwellInterpreter

/// Nested executions: those that a task of another execution has started and ends with.
///
/// The parent's log says what is owed, so an order to stop is given until it is recorded that the
/// nested execution does not run: after a restart, and when the parent is closed.
extension ShardCore {
    /// Refuses the start of an execution that its task does not wait for any more, when that is
    /// durable.
    ///
    /// Start and stop are decided one after the other by the same thread: a start that comes
    /// behind the parent's order to stop is refused, one that comes before it is found by it.
    func isRefused(
        _ command: StartCommand,
        _ nested: NestedMembership
    ) throws(Missing) -> Bool {
        guard let parent = try load(nested.parent) else {
            command.reply(.failure(.taskTimedOut))
            return true
        }
        guard parent.state.status != .running || parent.state.task(scheduledAt: nested.task) == nil
        else { return false }
        emit(.start(command, .failure(.taskTimedOut)), of: parent)
        return true
    }

    /// Stops the nested execution of a task that is over, if it runs, and notes that it does not.
    func stopNested(
        _ stop: OwedStop,
        of number: ExecutionNumber,
        _ command: ChildCommand,
        at now: Timestamp
    ) throws(Missing) {
        guard let parent = try load(number) else { return command.reply(.unknown) }
        if let child = try nestedExecution(stop, of: parent, at: now),
            child.state.status == .running
        {
            // Refused when its end is decided already and not recorded.
            _ = turn(child, .stop(Failure(error: nil, cause: nil)), at: now)
        }
        // Behind the stop in the log: one that is lost takes the note with it.
        _ = turn(parent, .nestedStopped(stop.task), at: now)
        answer(command, .accepted(time: now), after: parent)
    }

    /// The execution that a task has started; nil when there is none, or it is somebody else's.
    private func nestedExecution(
        _ stop: OwedStop,
        of parent: ResidentExecution,
        at now: Timestamp
    ) throws(Missing) -> ResidentExecution? {
        guard let start = parent.state.start,
            let sought = NestedReference(stop, executionARN: start.executionARN),
            let head = try holder(
                of: sought.name,
                in: sought.stateMachineARN,
                against: nameClaim(at: now)
            ),
            let child = try load(head.execution)
        else { return nil }
        let membership = NestedMembership(parent: parent.number, task: stop.task)
        if child.state.start?.nested == membership { return child }
        // An answer names the execution that it joined, unless the answer is a mock's.
        return sought.isAnswered && start.testCase == nil ? child : nil
    }
}
