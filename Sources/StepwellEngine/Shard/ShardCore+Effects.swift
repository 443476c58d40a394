import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Queues an effect of a turn; it leaves the shard when the turn is durable.
    func perform(_ effect: Effect, of resident: ResidentExecution) {
        switch effect {
        case .dispatch(let dispatch, let kind):
            self.dispatch(dispatch, kind, of: resident, isRedelivery: false)
        case .cancel(let ordinal):
            let key = TaskKey(execution: resident.number, ordinal: ordinal)
            activities.remove(key)
            emit(.effect(.cancel(key)), of: resident)
        case .startChild(let start):
            emit(.effect(.child(.start(start))), of: resident)
        case .stopChild(let stop):
            emit(.effect(.child(.stop(stop))), of: resident)
        case .stop(let stop) where stop.isNested:
            emit(.effect(.child(.stopNested(stop, parent: resident.number))), of: resident)
        case .readItems(let read):
            emit(.effect(.data(assignment(.read(read), of: resident))), of: resident)
        case .writeResults(let write):
            emit(.effect(.data(assignment(.write(write), of: resident))), of: resident)
        case .stop(let stop):
            guard var assignment = assignment(stop.dispatch, of: resident) else { return }
            assignment.isRedelivery = resident.redelivered.contains(stop.task)
            assignment.isSubmitted = stop.submitted != nil
            assignment.submitted = stop.submitted
            emit(.effect(.stop(assignment)), of: resident)
        case .closed(let status):
            observeClosing(of: resident, status: status)
            reportEnd(of: resident)
        }
    }

    /// Hands a task out: to the workers of its activity, or to a connector.
    func dispatch(
        _ dispatch: TaskDispatch,
        _ kind: TaskKind,
        of resident: ResidentExecution,
        isRedelivery: Bool
    ) {
        let key = TaskKey(execution: resident.number, ordinal: dispatch.ordinal)
        if case .activity(let arn) = kind {
            if activities.add(key, to: arn) { unmatchedActivities.append(arn) }
            return
        }
        guard var assignment = assignment(dispatch, of: resident) else { return }
        assignment.isRedelivery = isRedelivery
        emit(.effect(.dispatch(assignment)), of: resident)
    }

    private func assignment(
        _ work: MapRunAssignment.Work,
        of resident: ResidentExecution
    ) -> MapRunAssignment {
        let role = resident.state.start?.roleARN ?? ""
        return MapRunAssignment(execution: resident.number, roleARN: role, work: work)
    }

    /// A task with what a connector may want to know; nil before the execution's start.
    func assignment(
        _ dispatch: TaskDispatch,
        of resident: ResidentExecution
    ) -> TaskAssignment? {
        guard let start = resident.state.start else { return nil }
        let key = TaskKey(execution: resident.number, ordinal: dispatch.ordinal)
        var assignment = TaskAssignment(
            key: key,
            dispatch: dispatch,
            executionARN: start.executionARN,
            stateMachineARN: start.stateMachineARN,
            roleARN: start.roleARN,
            testCase: start.testCase,
            token: dispatch.tokenSecret.map { token(for: key, secret: $0) },
            isRedelivery: false
        )
        assignment.traceHeader = start.traceHeader
        return assignment
    }

    /// Tells the dispatcher again what an open task is to be done with.
    func recall(_ command: RecallCommand) throws(Missing) {
        let reply = command.reply
        guard let resident = try load(command.task.execution) else { return reply(.success(nil)) }
        let found = assignment(command.task.ordinal, of: resident)
        emit(
            .reply { failure in reply(failure.map { .failure($0) } ?? .success(found)) },
            of: resident
        )
    }

    private func assignment(
        _ task: Ordinal,
        of resident: ResidentExecution
    ) -> TaskAssignment? {
        guard let pending = resident.state.task(scheduledAt: task),
            var assignment = assignment(pending.dispatch, of: resident)
        else { return nil }
        assignment.isSubmitted = pending.isSubmitted
        assignment.submitted = pending.submitted
        return assignment
    }

    /// The task token that stands for a task.
    func token(for key: TaskKey, secret: [UInt8]) -> String {
        TaskToken(
            shard: store.identity.shard,
            execution: key.execution,
            ordinal: key.ordinal,
            secret: secret
        ).text
    }

    private func observeClosing(of resident: ResidentExecution, status: ExecutionStatus) {
        guard let start = resident.state.start, let stopTime = resident.state.stopTime else {
            return
        }
        let closed = ClosedExecution(
            executionARN: start.executionARN,
            stateMachineARN: start.stateMachineARN,
            status: status,
            startDate: resident.state.startTime,
            stopDate: stopTime,
            traceHeader: start.traceHeader
        )
        emit(.closed(closed), of: resident)
    }
}
