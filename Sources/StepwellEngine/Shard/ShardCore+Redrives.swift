import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// RedriveExecution: idempotent by client token for a time, and else only for an execution
    /// that closed without success and not too long ago.
    func redrive(_ command: RedriveCommand, at now: Timestamp) throws(Missing) {
        if let full = fullStore() {
            command.reply(.failure(.storeUnavailable(full)))
            return
        }
        guard let resident = try load(command.execution) else {
            command.reply(.failure(.executionDoesNotExist(command.executionARN)))
            return
        }
        redrive(resident, command, at: now)
    }

    private func redrive(
        _ resident: ResidentExecution,
        _ command: RedriveCommand,
        at now: Timestamp
    ) {
        let machine = resident.head.stateMachineARN
        if let earlier = redrive(by: command.clientToken, of: resident, at: now) {
            return answer(command, .success(earlier.time), by: resident)
        }
        let rules = redriveRules(for: machine, at: now)
        let limit = resident.state.start?.limits.historyEvents ?? 0
        if let obstacle = rules.obstacle(to: resident.head, historyEvents: limit) {
            return answer(command, .failure(.executionNotRedrivable(obstacle)), by: resident)
        }
        guard openExecutions < limits.openExecutions else {
            return answer(command, .failure(.executionLimitExceeded(machine)), by: resident)
        }
        let input = Input.redrive(clientToken: command.clientToken)
        guard case .accepted = turn(resident, input, at: now),
            let date = resident.state.redriveDate
        else {
            let problem = "The redrive of \(command.executionARN) was refused."
            return answer(command, .failure(.internalFailure(problem)), by: resident)
        }
        answer(command, .success(date), by: resident)
    }

    /// The rules by which executions of a state machine can be redriven now.
    func redriveRules(for stateMachineARN: String, at now: Timestamp) -> RedriveRules {
        RedriveRules(
            limits: limits,
            isStateMachineThere: !catalog.isDeleted(stateMachineARN),
            now: now
        )
    }

    /// The redrive that a client token has asked for already.
    private func redrive(
        by clientToken: String?,
        of resident: ResidentExecution,
        at now: Timestamp
    ) -> ExecutionState.Redrive? {
        guard let clientToken else { return nil }
        return resident.state.redrives.last { redrive in
            let expiry = redrive.time.advanced(byMilliseconds: limits.clientTokenMilliseconds)
            return redrive.clientToken.utf8.elementsEqual(clientToken.utf8) && now < expiry
        }
    }

    private func answer(
        _ command: RedriveCommand,
        _ answer: Result<Timestamp, ServiceError>,
        by resident: ResidentExecution
    ) {
        let reply = command.reply
        emit(
            .reply { failure in reply(failure.map { .failure($0) } ?? answer) },
            of: resident
        )
    }
}
