import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Answers when the execution has got beyond an ordinal or has closed.
    func watch(_ command: WatchCommand) throws(Missing) {
        guard let resident = try load(command.execution) else {
            return command.reply(.success(.unknownExecution))
        }
        if resident.head.answers(command) {
            answer(command, by: resident)
        } else if watches.count >= limits.watches {
            command.reply(.failure(.throttled))
        } else {
            watches.add(command)
        }
    }

    /// Tells those who watch an execution of its newest turn.
    func notifyWatches(of resident: ResidentExecution) {
        for watch in watches.take(answeredBy: resident.head) { answer(watch, by: resident) }
    }

    private func answer(_ command: WatchCommand, by resident: ResidentExecution) {
        let answer: WatchAnswer
        if command.beyond == nil, let closed = description(resident) {
            answer = .closed(closed)
        } else {
            answer = .reached(resident.head.lastOrdinal, status: resident.head.summary.status)
        }
        let reply = command.reply
        emit(
            .reply { failure in reply(failure.map { .failure($0) } ?? .success(answer)) },
            of: resident
        )
    }
}

extension ShardCore {
    /// What the state in memory says; nil before the start.
    private func description(_ resident: ResidentExecution) -> DescribeExecutionResponse? {
        guard let start = resident.state.start else { return nil }
        let rules = redriveRules(for: start.stateMachineARN, at: resident.state.lastTime)
        return DescribeExecutionResponse(
            executionARN: start.executionARN,
            stateMachineARN: start.stateMachineARN,
            name: start.givenName,
            status: resident.state.status,
            startDate: resident.state.startTime,
            stopDate: resident.state.stopTime,
            input: start.input,
            output: resident.state.output,
            failure: resident.state.failure,
            traceHeader: start.traceHeader,
            stateMachineVersionARN: start.stateMachineVersionARN,
            stateMachineAliasARN: start.stateMachineAliasARN,
            redriveCount: resident.state.redriveCount,
            redriveDate: resident.state.redriveDate,
            redriveObstacle: rules.obstacle(
                to: resident.head,
                historyEvents: start.limits.historyEvents
            )
        )
    }
}
