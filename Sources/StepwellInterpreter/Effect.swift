package import StepwellHistory

/// What the engine has to do once the turn that asked for it is durable; replay drops effects.
///
/// An effect may be carried out more than once after a crash. It is identified by the execution
/// and the ordinal of the record that scheduled the task.
package enum Effect: Sendable, Equatable {
    /// Have the task done.
    case dispatch(TaskDispatch, TaskKind)
    /// The task is not wanted any more.
    case cancel(Ordinal)
    /// Have a child execution of a distributed Map run; once, however often it is asked for.
    case startChild(ChildStart)
    /// The child execution is not wanted any more.
    case stopChild(ChildStop)
    /// What a task that is over has started, an execution or a job, is not wanted any more.
    case stop(OwedStop)
    /// Items of a Map Run are to be read.
    case readItems(ItemRead)
    /// The results of a Map Run are to be written.
    case writeResults(ResultWrite)
    /// The execution has closed.
    case closed(ExecutionStatus)
}

/// What `step` made of an input.
package enum StepOutcome: Sendable, Hashable {
    /// Records were made.
    case accepted
    /// Nothing was recorded and nothing has changed.
    case refused(Refusal)
}

/// Why an input had no effect.
package enum Refusal: Error, Sendable, Hashable {
    case notRunning
    case alreadyStarted
    /// No such task is open: it has ended, timed out or never was.
    case noSuchTask
    /// The task is open, but is not of a kind that this can be news of.
    case notFitting
    /// The timer has fired already or was disarmed.
    case timerNotArmed
    case nothingToContinue
    /// No such child runs: it has ended, or its Map Run has.
    case noSuchChild
    /// The Map Run does not wait for these items or results.
    case noSuchData
    /// The Map Run is over.
    case mapRunNotRunning
    /// The execution runs, has succeeded or has no room for more events.
    case notRedrivable
}
