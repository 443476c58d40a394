extension ExecutionState {
    /// Gives a task up that has not ended: nobody is to work on it, and what it has started, or may
    /// have, is to be stopped.
    mutating func giveUp(_ task: TaskActivation) {
        let ordinal = task.dispatch.ordinal
        cancelled.append(ordinal)
        guard task.kind.endsWithWork, task.isStarted else { return }
        owedStops.append(OwedStop(dispatch: task.dispatch, submitted: task.submitted))
    }

    /// How many of the stops count as work: in older revisions they were not owed.
    var owedStopCount: Int {
        semantics >= Semantics.stopsOwed ? owedStops.count : 0
    }
}
