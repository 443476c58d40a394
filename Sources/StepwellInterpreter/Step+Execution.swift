import StepwellHistory
import StepwellLanguage

extension ExecutionState {
    /// `ExecutionStarted`, the first event.
    func beginExecution(_ builder: inout TransitionBuilder) {
        guard let start else { return }
        let details = ExecutionStartedDetails(
            input: start.input,
            roleARN: start.roleARN,
            stateMachineAliasARN: start.stateMachineAliasARN,
            stateMachineVersionARN: start.stateMachineVersionARN
        )
        emit(event: .executionStarted(details), on: .root, below: 0, into: &builder)
    }

    /// What StopExecution and the machine's `TimeoutSeconds` end in.
    ///
    /// AWS hangs these events below nothing.
    func end(_ ending: Ending, into builder: inout TransitionBuilder) {
        if let run = mapRuns.first(where: { $0.status == .running }) {
            return emit(event: .mapRun(.aborted), on: run.branch, into: &builder)
        }
        switch ending {
        case .stopped(let failure):
            emit(event: .executionAborted(failure), on: .root, below: 0, into: &builder)
        case .timedOut:
            let failure = Failure(error: ErrorName.timeout)
            emit(event: .executionTimedOut(failure), on: .root, below: 0, into: &builder)
        }
        builder.ask(.closed)
    }

    /// `ExecutionFailed`.
    func fail(_ failure: Failure, into builder: inout TransitionBuilder) {
        emit(event: .executionFailed(failure), on: .root, into: &builder)
        builder.ask(.closed)
    }

    /// A branch has come to its end: an iteration's success or the execution's.
    func conclude(
        _ id: BranchID,
        output: Payload,
        into builder: inout TransitionBuilder
    ) {
        if case .iteration(let index) = branches[id].role, let parent = branches[id].parent {
            let name = definition[branches[parent].state].name
            emit(
                event: .mapIteration(.succeeded, MapIterationDetails(name: name, index: index)),
                on: id,
                into: &builder
            )
            return
        }
        emit(event: .executionSucceeded(output: output), on: .root, into: &builder)
        builder.ask(.closed)
    }
}
