import StepwellHistory
import StepwellInterpreter

/// Executions that were started in memory, and whose start the store refused.
extension ShardCore {
    /// Takes back what was decided of executions that do not exist after all; everything else
    /// stands.
    ///
    /// Who asked for a name that another execution has is answered by what that one is.
    package func refused(_ refusals: [Refusal], at reading: ClockReading) {
        follow(reading)
        for refusal in refusals {
            if case .full(let error) = refusal.reason {
                fullFailure = error
                condition.update { $0.full = error }
            }
            forget(refusal.execution)
            let late = refusedOutputs.removeValue(forKey: refusal.execution) ?? []
            for output in refusal.outputs + late { takeBack(output, refusal.reason) }
        }
        committer.settle(refusals.map(\.execution), in: open.number)
    }

    private func forget(_ number: ExecutionNumber) {
        let onItsWay = putOff.remove(number)
        if onItsWay != nil { stage.read(number) }
        if let resident = residents.remove(number) ?? onItsWay {
            if resident.isFresh, let start = resident.state.start {
                freshNames[ByteKey(start.executionARN)] = nil
            }
            if resident.head.isOpen { openExecutions -= 1 }
            counts.starts -= 1
            // By what it has, and not by looking at what everybody has.
            for case .dispatch(let dispatch, _) in resident.state.outstandingEffects() {
                activities.remove(TaskKey(execution: number, ordinal: dispatch.ordinal))
            }
        }
        timers.set(nil, for: number)
        for command in deferred.remove(for: number) { command.reply(.unknown) }
        for watch in watches.removeAll(of: number) { watch.reply(.success(.unknownExecution)) }
    }

    private func takeBack(_ output: ShardOutput, _ reason: RefusedTurn.Reason) {
        // There is no such task: the worker polls again.
        if case .task(let poll, _) = output { return poll.reply(.success(nil)) }
        guard case .nameTaken(let holder) = reason, let message = output.question else {
            return output.release(to: performer, failure: .storeUnavailable(reason.error))
        }
        let query = HolderQuery(
            name: holder.executionName,
            stateMachineARN: holder.stateMachineARN
        )
        replay.append((nil, .message(ParkedMessage(message).knowing(holder, as: query.key))))
    }
}

extension ShardOutput {
    /// The message that it answers, when that can be asked again.
    fileprivate var question: ShardMessage? {
        switch self {
        case .start(let command, _): .start(command)
        case .child(let command, _): .child(command)
        case .reply, .task, .effect, .closed: nil
        }
    }
}

extension RefusedTurn.Reason {
    fileprivate var error: StoreError {
        switch self {
        case .full(let error), .unreadable(let error): error
        case .nameTaken, .follows:
            StoreError(.failed, "another execution of the name was started before")
        }
    }
}
