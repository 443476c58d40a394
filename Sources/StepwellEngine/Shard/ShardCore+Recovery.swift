import Logging
import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Takes up executions that were left with unfinished turns or tasks, a few at a time.
    func recover(at now: Timestamp) {
        var looked = 0
        while looked < limits.recoveriesPerSlice, !recovery.isEmpty {
            looked += 1
            do throws(StoreError) {
                guard let number = try recovery.next(from: store) else { return }
                guard let resident = try loadForRecovery(number) else { continue }
                if resident.lastBatch > watermark.durable {
                    // What this life has handed out is not to be seen outside yet.
                    recovery.append(number)
                    continue
                }
                makeReady(resident)
                redispatch(resident, at: now)
            } catch {
                logger.error("recovery is held up", metadata: ["error": "\(error)"])
                rest(milliseconds: limits.longestRestMilliseconds)
                return
            }
        }
    }

    /// A state that cannot be read now is tried again later: nothing else would take it up.
    private func loadForRecovery(
        _ number: ExecutionNumber
    ) throws(StoreError) -> ResidentExecution? {
        do throws(StoreError) {
            return try load(number)
        } catch {
            recovery.append(number)
            throw error
        }
    }

    /// Hands out again what may not have been handed out, and says so in the log first.
    ///
    /// The dispatcher and the activity queues pass over tasks that they have in hand already.
    private func redispatch(_ resident: ResidentExecution, at now: Timestamp) {
        for effect in resident.state.outstandingEffects() {
            guard case .dispatch(let dispatch, let kind) = effect else {
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
            guard performer.resumes(assignment) else { continue }
            emit(.effect(.dispatch(assignment)), after: resident.lastBatch)
        }
    }

    func reloadNewestNumber() throws(StoreError) {
        let newest = try store.newest() ?? .catalog
        nextNumber = ExecutionNumber(newest.rawValue + 1)
    }
}
