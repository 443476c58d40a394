package import StepwellHistory
import StepwellLanguage

/// Work that fails before it is done (API reference, HistoryEvent): what cannot be scheduled has a
/// `…ScheduleFailed` event in the place of `…Scheduled`, what cannot be started a `…StartFailed`
/// event in the place of `…Started`.
///
/// When AWS records them is not documented; this follows Amazon SWF, whose events of these names
/// are older:
///
/// | event | cause here | SWF's cause |
/// | --- | --- | --- |
/// | ActivityScheduleFailed | the quota of open activities | OPEN_ACTIVITIES_LIMIT_EXCEEDED |
/// | LambdaFunctionScheduleFailed | nothing here is the function |
/// LAMBDA_SERVICE_NOT_AVAILABLE_IN_REGION |
/// | LambdaFunctionStartFailed | `Credentials` names no role | ASSUME_ROLE_FAILED |
/// | TaskStartFailed | nothing here is the service; `Credentials` names no role | none |
extension ExecutionState {
    /// The event of work that cannot be scheduled; nil when it can.
    func scheduleFailure(
        of resource: TaskResourceName,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) -> (engine: EngineRecord, event: HistoryEventBody)? {
        guard semantics >= Semantics.failuresBeforeWork else { return nil }
        switch resource.kind {
        case .activity:
            let limit = builder.openActivities
            guard tasks.count >= limit, openActivities >= limit else { return nil }
            let failure = Failure(
                error: ErrorName.taskFailed,
                cause: Causes.tooManyOpenActivities(limit)
            )
            return (.activitiesExhausted(limit: limit), .activity(.scheduleFailed(failure)))
        case .lambdaFunction:
            guard let absence = absence(of: id, into: &builder) else { return nil }
            return (absence.engine, .lambdaFunction(.scheduleFailed(absence.failure)))
        case .integration:
            return nil
        }
    }

    /// `…Started`, or `…StartFailed` with what explains it.
    func recordStart(
        of task: TaskActivation,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        guard let failure = startFailure(of: task, on: id, into: &builder) else {
            return emit(event: startedEvent(of: task), on: id, into: &builder)
        }
        emit(event: startFailedEvent(of: task, failure: failure), on: id, into: &builder)
    }

    private func startFailure(
        of task: TaskActivation,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) -> Failure? {
        guard semantics >= Semantics.failuresBeforeWork else { return nil }
        if case .integration = task.kind, let absence = absence(of: id, into: &builder) {
            emit(.engine(absence.engine), on: id, into: &builder)
            return absence.failure
        }
        guard let role = task.dispatch.credentialsRoleARN, !RoleName.isARN(role) else { return nil }
        return Failure(error: ErrorName.permissions, cause: Causes.roleNotAssumable(role))
    }

    private func startedEvent(of task: TaskActivation) -> HistoryEventBody {
        switch task.kind {
        case .integration(let resource): .task(.started(resource))
        case .lambdaFunction: .lambdaFunction(.started)
        case .activity: .activity(.started(workerName: nil))
        }
    }

    private func startFailedEvent(of task: TaskActivation, failure: Failure) -> HistoryEventBody {
        switch task.kind {
        case .integration(let resource): .task(.startFailed(resource, failure))
        case .lambdaFunction: .lambdaFunction(.startFailed(failure))
        case .activity: .activity(.failed(failure))
        }
    }

    /// What says that nothing does the work of the branch's state; nil when something does.
    private func absence(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) -> (engine: EngineRecord, failure: Failure)? {
        let state = definition[branches[id].state]
        guard case .task(let fields) = state.kind, let start else { return nil }
        let offer = TaskOffer(
            resource: fields.resource,
            stateName: state.name,
            stateMachineARN: start.stateMachineARN,
            testCase: start.testCase
        )
        guard !builder.isServed(offer) else { return nil }
        return (
            .handlerAbsent(resource: fields.resource, stateName: state.name),
            .noHandler(resource: fields.resource, stateName: state.name)
        )
    }

    /// Scheduled or being worked on.
    private var openActivities: Int {
        // Order-free: a count.
        tasks.values.reduce(into: 0) { count, branch in
            if branches[branch].task?.kind.waitsForWorker == true { count += 1 }
        }
    }
}

extension Failure {
    /// The error of work that nothing does.
    package static let noHandlerError = "Stepwell.NoHandler"

    /// Nothing that the engine has does the work of a Task state.
    package static func noHandler(resource: String, stateName: String) -> Failure {
        Failure(error: noHandlerError, cause: Causes.noHandler(resource, state: stateName))
    }
}
