import Logging
import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// GetActivityTask: lets a worker wait for a task.
    func poll(_ command: PollCommand) {
        let reply = command.reply
        guard catalog.activity(command.activityARN) != nil else {
            let error = ServiceError.activityDoesNotExist(command.activityARN)
            emit(.reply { failure in reply(.failure(failure ?? error)) }, after: catalogBatch)
            return
        }
        if activities.add(command, limit: limits.pollersPerActivity) {
            unmatchedActivities.append(command.activityARN)
        } else {
            reply(.failure(.activityWorkerLimitExceeded(command.activityARN)))
        }
    }

    /// A task did not reach its worker: it waits again, before the others.
    func handBack(_ task: TaskKey) {
        if let arn = activities.takeBack(task) { unmatchedActivities.append(arn) }
    }

    /// A worker or watcher does not wait any longer.
    func cancelRequest(_ id: RequestID) {
        if let poll = activities.removePoller(id) { poll.reply(.success(nil)) }
        if let watch = watches.remove(id) { watch.reply(.success(.cancelled)) }
        switch parkedRequests.removeValue(forKey: id) {
        case .poll(let command): command.reply(.success(nil))
        case .watch(let command): command.reply(.success(.cancelled))
        default: break
        }
    }

    /// Brings waiting tasks and waiting workers together.
    func matchActivities(at now: Timestamp) {
        guard case .running = mode, !isResting else { return }
        while let arn = unmatchedActivities.popLast() {
            while activities.mayOffer(arn), let poll = activities.firstPoller(of: arn),
                let task = activities.popTask(of: arn)
            {
                if let resident = residents[task.execution] {
                    hand(task, of: arn, by: resident, to: poll, at: now)
                } else if quarantine[task.execution] == nil {
                    activities.beginOffer(task, of: arn)
                    let work = ParkedWork.offer(task, activityARN: arn)
                    stage.park(work, for: task.execution, isUrgent: true)
                }
            }
        }
    }

    /// Goes on with a task whose execution had to be read: the worker that it was meant for may
    /// have got another, or have gone.
    func offer(_ task: TaskKey, of activityARN: String, at now: Timestamp) {
        guard activities.endOffer(task), let resident = residents[task.execution] else { return }
        if let poll = activities.firstPoller(of: activityARN) {
            hand(task, of: activityARN, by: resident, to: poll, at: now)
        } else {
            activities.putBack(task, to: activityARN)
        }
        unmatchedActivities.append(activityARN)
    }

    /// Records that a worker takes a task; the worker hears of it when that is durable.
    private func hand(
        _ key: TaskKey,
        of activityARN: String,
        by resident: ResidentExecution,
        to poll: PollCommand,
        at now: Timestamp
    ) {
        resident.isRecent = true
        guard resident.state.task(scheduledAt: key.ordinal) != nil else { return }
        let started = Input.taskStarted(key.ordinal, workerName: poll.workerName)
        guard case .accepted = turn(resident, started, at: now),
            let pending = resident.state.task(scheduledAt: key.ordinal),
            let secret = pending.dispatch.tokenSecret
        else {
            logger.debug("activity task was not started", metadata: ["task": "\(key)"])
            return
        }
        _ = activities.removePoller(poll.id)
        activities.handOut(key, of: activityARN, after: resident.lastBatch)
        let task = ActivityTask(
            taskToken: token(for: key, secret: secret),
            input: pending.dispatch.parameters
        )
        emit(.task(poll, task), of: resident)
    }
}
