import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

extension ExecutionState {
    /// Task: mints a token where one is needed, then records what is to be done.
    func scheduleTask(
        _ fields: TaskFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let resource = TaskResourceName(fields.resource)
        if case .activity(let arn) = resource.kind, !builder.activityExists(arn) {
            emit(.engine(.activityAbsent(activityARN: arn)), on: id, into: &builder)
            throw runtimeFailure(Causes.activityAbsent(arn), in: id)
        }
        let hasToken =
            resource.needsToken || resource.endsWithJob && semantics >= Semantics.jobsHaveTokens
        if hasToken, branches[id].token == nil {
            var stream = random(after: builder)
            let secret = Array(stream.block().prefix(16))
            // What is evaluated is a decision of its own, which may be put off.
            return emit(.engine(.tokenMinted(secret: secret)), on: id, into: &builder)
        }
        let state = definition[branches[id].state]
        let timeout = try seconds(
            fields.timeout,
            named: "TimeoutSeconds",
            of: id,
            into: &builder
        )
        let heartbeat = try seconds(
            fields.heartbeat,
            named: "HeartbeatSeconds",
            of: id,
            into: &builder
        )
        try checkHeartbeat(heartbeat, within: timeout, in: id)
        let input = try effectiveInput(of: id, into: &builder)
        let isJSONPath = state.queryLanguage == .jsonPath
        if isJSONPath { inspect(.afterInputPath, input, of: id, into: &builder) }
        var parameters = input
        if let template = state.parameters {
            let value = try evaluate(template, input: input, on: id, into: &builder)
            parameters = try payload(value, in: id, into: &builder)
            try checkSize(ofInput: parameters, in: id)
        } else if let given = try arguments(of: id, into: &builder) {
            parameters = given
            try checkSize(ofInput: parameters, in: id)
        }
        inspect(isJSONPath ? .afterParameters : .afterArguments, parameters, of: id, into: &builder)
        let role = try credentials(fields, input: input, on: id, into: &builder)
        if let failure = scheduleFailure(of: resource, on: id, into: &builder) {
            emit(.engine(failure.engine), on: id, into: &builder)
            return emit(event: failure.event, on: id, into: &builder)
        }
        let event = scheduledEvent(
            resource,
            parameters: stored(parameters, into: builder),
            timeout: timeout,
            heartbeat: heartbeat,
            credentials: role
        )
        emit(event: event, on: id, into: &builder)
        builder.ask(.dispatch(id, deliveriesBefore: -1))
    }

    private func scheduledEvent(
        _ resource: TaskResourceName,
        parameters: Payload,
        timeout: Int64?,
        heartbeat: Int64?,
        credentials: String?
    ) -> HistoryEventBody {
        switch resource.kind {
        case .integration(let service):
            .task(
                .scheduled(
                    TaskScheduledDetails(
                        resource: service,
                        region: region,
                        parameters: parameters,
                        timeoutInSeconds: timeout,
                        heartbeatInSeconds: heartbeat,
                        credentialsRoleARN: credentials
                    )
                )
            )
        case .activity(let arn):
            .activity(
                .scheduled(
                    WorkScheduledDetails(
                        resource: arn,
                        input: parameters,
                        timeoutInSeconds: timeout,
                        heartbeatInSeconds: heartbeat
                    )
                )
            )
        case .lambdaFunction(let arn):
            .lambdaFunction(
                .scheduled(
                    WorkScheduledDetails(
                        resource: arn,
                        input: parameters,
                        timeoutInSeconds: timeout,
                        credentialsRoleARN: credentials
                    )
                )
            )
        }
    }

    /// One record of a task under way: what has arrived, or the next preparation.
    func recordTask(_ id: BranchID, into builder: inout TransitionBuilder) {
        guard let task = branches[id].task else { return stall(id, into: &builder) }
        if let arrival = task.arrivals.first {
            recordArrival(arrival, of: task, on: id, into: &builder)
        } else if !task.isStarted {
            recordStart(of: task, on: id, into: &builder)
        } else if let timeout = task.dispatch.timeoutInSeconds, task.timeoutTimer == nil {
            let due = task.lastHeartbeat.advanced(
                byMilliseconds: timeout.multipliedClamped(by: 1000)
            )
            emit(.engine(.timerArmed(.taskTimeout, due: due)), on: id, into: &builder)
        } else if let due = task.heartbeatDue, task.heartbeatTimer == nil {
            emit(.engine(.timerArmed(.heartbeat, due: due)), on: id, into: &builder)
        } else {
            stall(id, into: &builder)
        }
        builder.ask(.dispatch(id, deliveriesBefore: Int(task.deliveries)))
    }

    private func recordArrival(
        _ arrival: TaskActivation.Arrival,
        of task: TaskActivation,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        switch arrival {
        case .started(let worker) where task.isStarted || !task.kind.waitsForWorker:
            let count = task.deliveries + 1
            emit(
                .engine(.taskRedelivered(count: count, workerName: worker)),
                on: id,
                into: &builder
            )
        case .started(let worker):
            emit(event: .activity(.started(workerName: worker)), on: id, into: &builder)
        case .submitted(let output):
            guard case .integration(let resource) = task.kind else {
                let failure = Failure(error: ErrorName.runtime, cause: Causes.notInTwoHalves)
                return emit(event: failedEvent(of: task, failure: failure), on: id, into: &builder)
            }
            emit(event: .task(.submitted(resource, output: output)), on: id, into: &builder)
        case .succeeded(let output):
            emit(event: succeededEvent(of: task, output: output), on: id, into: &builder)
        case .failed(let failure):
            emit(event: failedEvent(of: task, failure: failure), on: id, into: &builder)
        case .submitFailed(let failure):
            emit(event: submitFailedEvent(of: task, failure: failure), on: id, into: &builder)
        case .timedOut:
            emit(event: timedOutEvent(of: task), on: id, into: &builder)
        }
    }

    /// A result beyond the payload quota is the task's failure.
    private func succeededEvent(of task: TaskActivation, output: Payload) -> HistoryEventBody {
        if let limit = start?.limits.payloadBytes, output.text.count > limit {
            let failure = Failure(
                error: ErrorName.dataLimitExceeded,
                cause: Causes.resultTooLarge(task.shownName)
            )
            return failedEvent(of: task, failure: failure)
        }
        switch task.kind {
        case .integration(let resource): return .task(.succeeded(resource, output: output))
        case .lambdaFunction: return .lambdaFunction(.succeeded(output: output))
        case .activity: return .activity(.succeeded(output: output))
        }
    }

    private func failedEvent(of task: TaskActivation, failure: Failure) -> HistoryEventBody {
        switch task.kind {
        case .integration(let resource): .task(.failed(resource, failure))
        case .lambdaFunction: .lambdaFunction(.failed(failure))
        case .activity: .activity(.failed(failure))
        }
    }

    private func submitFailedEvent(of task: TaskActivation, failure: Failure) -> HistoryEventBody {
        switch task.kind {
        case .integration(let resource) where !task.isSubmitted:
            .task(.submitFailed(resource, failure))
        default: failedEvent(of: task, failure: failure)
        }
    }

    private func timedOutEvent(of task: TaskActivation) -> HistoryEventBody {
        let failure = Failure(error: ErrorName.timeout)
        return switch task.kind {
        case .integration(let resource): .task(.timedOut(resource, failure))
        case .lambdaFunction: .lambdaFunction(.timedOut(failure))
        case .activity: .activity(.timedOut(failure))
        }
    }
}

extension TaskActivation {
    /// How AWS names the task in a cause: the service, or the function's or activity's ARN.
    var shownName: String {
        switch kind {
        case .integration(let resource): resource.resourceType
        case .lambdaFunction(let arn), .activity(let arn): arn
        }
    }
}
