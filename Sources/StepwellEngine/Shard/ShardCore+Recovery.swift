import Logging
import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Takes up executions that were left with unfinished turns or tasks, a few at a time.
    func recover(at now: Timestamp) {
        if recovery.needsPage, timeline.uptime >= pagesRestUntil {
            recovery.beginPage()
            stage.ask(.unsettled(after: recovery.place))
        }
        var looks = 0
        while looks < limits.recoveriesPerSlice, stage.hasRoom(limits),
            let number = recovery.next()
        {
            looks += 1
            if let resident = residents[number] {
                takeUp(resident, at: now)
            } else if quarantine[number] == nil {
                stage.park(.recovery, for: number, isUrgent: false)
            }
        }
    }

    /// Has an execution go on from where it was left.
    func takeUp(_ resident: ResidentExecution, at now: Timestamp) {
        guard resident.lastBatch <= watermark.durable else {
            // What this life has handed out is not to be seen outside yet.
            return recovery.append(resident.number)
        }
        makeReady(resident)
        queueTimer(of: resident)
        redispatch(resident, at: now)
    }

    /// Has the children that wait for nothing but time read, which stops the orphans among them.
    func lookAtSuspects() {
        var looks = 0
        while looks < limits.recoveriesPerSlice, stage.hasRoom(limits),
            let number = suspectedOrphans.popLast()
        {
            looks += 1
            if residents[number] == nil, quarantine[number] == nil {
                stage.park(.look, for: number, isUrgent: false)
            }
        }
    }

    /// Hands out again what may not have been handed out, and says so in the log first.
    ///
    /// The dispatcher and the activity queues pass over tasks that they have in hand already.
    private func redispatch(_ resident: ResidentExecution, at now: Timestamp) {
        for effect in resident.state.outstandingEffects() {
            guard case .dispatch(let dispatch, let kind) = effect else {
                if case .stop(let stop) = effect { resident.redelivered.insert(stop.task) }
                perform(effect, of: resident)
                continue
            }
            let key = TaskKey(execution: resident.number, ordinal: dispatch.ordinal)
            if case .activity = kind {
                self.dispatch(dispatch, kind, of: resident, isRedelivery: true)
                continue
            }
            guard !performer.holds(key) else { continue }
            let isRedelivery =
                resident.state.task(scheduledAt: dispatch.ordinal)?.isStarted ?? false
            if isRedelivery {
                let again = Input.taskStarted(dispatch.ordinal, workerName: nil)
                guard case .accepted = turn(resident, again, at: now) else { continue }
                resident.redelivered.insert(dispatch.ordinal)
            }
            self.dispatch(dispatch, kind, of: resident, isRedelivery: isRedelivery)
        }
        resumeSubmitted(resident)
    }

    /// Hands out tasks whose first half is recorded and whose connector sees to the rest: nested
    /// executions and mocked responses.
    ///
    /// Others end by their token.
    private func resumeSubmitted(_ resident: ResidentExecution) {
        for task in resident.state.submittedTasks() {
            let key = TaskKey(execution: resident.number, ordinal: task.dispatch.ordinal)
            guard !performer.holds(key), var assignment = assignment(task.dispatch, of: resident)
            else { continue }
            assignment.isRedelivery = true
            assignment.isSubmitted = true
            assignment.submitted = task.submitted
            guard performer.resumes(assignment) else { continue }
            emit(.effect(.dispatch(assignment)), of: resident)
        }
    }
}
