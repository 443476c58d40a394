import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// An input from outside: the result of a task, a heartbeat, a stop.
    func input(_ command: InputCommand, at now: Timestamp) throws(Missing) {
        if stopPutOff(command, at: now) { return }
        guard let resident = try load(command.execution) else { return command.reply(.unknown) }
        guard holdsSecret(command, of: resident) else {
            answer(command, .unknown, by: resident)
            return
        }
        give(command, to: resident, at: now)
    }

    func give(
        _ command: InputCommand,
        to resident: ResidentExecution,
        at now: Timestamp
    ) {
        if endIfDeleted(resident, before: command.input, at: now) {
            emitRefusal(command, by: resident)
            return
        }
        switch turn(resident, command.input, at: now) {
        case .accepted:
            if case .some(let task) = command.input.endedTask {
                activities.remove(TaskKey(execution: resident.number, ordinal: task))
            }
            answer(command, .accepted(time: resident.state.lastTime), by: resident)
        case .refused(.noSuchTask) where isOpen(command.input, in: resident):
            // The task is open, but news of it is not recorded yet: its turn ended at its budget.
            if !deferred.add(command, limits: limits) { command.reply(.failed(.throttled)) }
        case .refused:
            emitRefusal(command, by: resident)
        }
    }

    /// Tries again the inputs that had to wait for the end of a long turn.
    func retryDeferred(of resident: ResidentExecution, at now: Timestamp) {
        guard !resident.head.summary.isRunnable,
            !deferred.isEmpty
        else { return }
        for command in deferred.remove(for: resident.number) {
            give(command, to: resident, at: now)
        }
    }

    /// Tells a sender that its input came too late.
    func emitRefusal(_ command: InputCommand, by resident: ResidentExecution) {
        answer(command, .refused(stopTime: resident.state.stopTime), by: resident)
    }

    private func answer(
        _ command: InputCommand,
        _ answer: InputAnswer,
        by resident: ResidentExecution
    ) {
        let reply = command.reply
        emit(
            .reply { failure in reply(failure.map { .failed($0) } ?? answer) },
            of: resident
        )
    }

    private func isOpen(_ input: Input, in resident: ResidentExecution) -> Bool {
        guard let task = input.task, resident.head.summary.isRunnable else { return false }
        return resident.state.task(scheduledAt: task) != nil
    }

    private func holdsSecret(_ command: InputCommand, of resident: ResidentExecution) -> Bool {
        guard let secret = command.secret, let task = command.input.task,
            let pending = resident.state.task(scheduledAt: task)
        else { return true }
        guard let expected = pending.dispatch.tokenSecret, expected.count == secret.count else {
            return false
        }
        // Takes the same time wherever the first difference is.
        return zip(expected, secret).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Input {
    /// The task that the input is about.
    var task: Ordinal? {
        switch self {
        case .taskStarted(let task, _), .taskSubmitted(let task, _), .taskSucceeded(let task, _),
            .taskFailed(let task, _), .taskSubmitFailed(let task, _), .taskHeartbeat(let task):
            task
        case .start, .timerFired, .stop, .continueTurn, .raiseSemantics, .childClosed,
            .mapRunUpdated, .redrive, .nestedStopped, .itemsRead, .itemsNotRead, .resultsWritten,
            .resultsNotWritten, .childrenClosed:
            nil
        }
    }

    /// The task that the input ends.
    var endedTask: Ordinal? {
        switch self {
        case .taskSucceeded(let task, _), .taskFailed(let task, _), .taskSubmitFailed(let task, _):
            task
        default: nil
        }
    }
}
