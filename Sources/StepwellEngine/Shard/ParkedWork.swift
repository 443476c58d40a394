import StepwellHistory

/// What waits for an execution's state.
enum ParkedWork {
    case message(ParkedMessage)
    /// Its timer is due.
    case timer
    /// It may have unfinished turns or tasks.
    case recovery
    /// It may be the child of a Map Run that does not want it, which is seen when it arrives.
    case look
    /// One of its tasks is next for a worker.
    case offer(TaskKey, activityARN: String)
    /// A child of its Map Run was read, and is let in when it is known to be wanted.
    case arrival(LoadedExecution)
    /// A child was read whose parent is not there.
    case orphan(LoadedExecution)
}
