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
    }

    /// Brings waiting tasks and waiting workers together.
    func matchActivities(at now: Timestamp) {
        guard case .running = mode, !isResting else { return }
        while let arn = unmatchedActivities.popLast() {
            while let poll = activities.firstPoller(of: arn),
                let task = activities.popTask(of: arn)
            {
                guard hand(task, of: arn, to: poll, at: now) else {
                    unmatchedActivities.append(arn)
                    rest(milliseconds: limits.longestRestMilliseconds)
                    return
                }
            }
        }
    }

    /// Records that a worker takes a task; the worker hears of it when that is durable.
    ///
    /// False when the state cannot be read now: the task waits on.
    private func hand(
        _ key: TaskKey,
        of activityARN: String,
        to poll: PollCommand,
        at now: Timestamp
    ) -> Bool {
        let loaded: ResidentExecution?
        do throws(StoreError) {
            loaded = try load(key.execution)
        } catch {
            logger.error("activity task is held up", metadata: ["error": "\(error)"])
            _ = activities.add(key, to: activityARN)
            return false
        }
        guard let resident = loaded, resident.state.task(scheduledAt: key.ordinal) != nil else {
            return true
        }
        let started = Input.taskStarted(key.ordinal, workerName: poll.workerName)
        guard case .accepted = turn(resident, started, at: now),
            let pending = resident.state.task(scheduledAt: key.ordinal),
            let secret = pending.dispatch.tokenSecret
        else {
            logger.debug("activity task was not started", metadata: ["task": "\(key)"])
            return true
        }
        _ = activities.removePoller(poll.id)
        activities.handOut(key, of: activityARN, after: resident.lastBatch)
        let task = ActivityTask(
            taskToken: token(for: key, secret: secret),
            input: pending.dispatch.parameters
        )
        let reply = poll.reply
        emit(
            .reply { failure in reply(failure.map { .failure($0) } ?? .success(task)) },
            after: resident.lastBatch
        )
        return true
    }
}
