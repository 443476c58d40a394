extension TurnWriter {
    /// An event: its tag, the distance to the event it hangs below, its details.
    mutating func write(_ body: HistoryEventBody, distance: Int64) {
        switch body {
        case .task(let task): return write(task, distance: distance)
        case .activity(let activity): return write(activity, distance: distance)
        case .lambdaFunction(let function): return write(function, distance: distance)
        case .mapRun(let run): return write(run, distance: distance)
        default: break
        }
        begin(body.plainTag, distance)
        switch body {
        case .executionStarted(let details):
            payload(details.input)
            name(details.roleARN)
            optionalName(details.stateMachineAliasARN)
            optionalName(details.stateMachineVersionARN)
        case .executionSucceeded(let output): payload(output)
        case .executionFailed(let failure), .executionAborted(let failure),
            .executionTimedOut(let failure):
            self.failure(failure)
        case .executionRedriven(let count): with { $0.writeCount(count) }
        case .stateEntered(let type, let details):
            with { $0.write(type.code) }
            name(details.name)
            payload(details.input)
        case .stateExited(let type, let details):
            with { $0.write(type.code) }
            write(details)
        case .stateAborted(let type): with { $0.write(type.code) }
        case .mapStateStarted(let length): with { $0.writeCount(length) }
        case .mapIteration(let phase, let details):
            with { $0.write(phase.rawValue) }
            name(details.name)
            with { $0.writeCount(details.index) }
        case .evaluationFailed(let details):
            failure(details.failure)
            optionalName(details.location)
            name(details.state)
        default: break
        }
    }

    private mutating func write(_ details: StateExitedDetails) {
        name(details.name)
        payload(details.output)
        with { $0.writeCount(details.assignedVariables.count) }
        for (index, variable) in details.assignedVariables.enumerated() {
            name(variable.name)
            payload(variable.value, field: UInt8(clamping: index + 1))
        }
    }

    private mutating func write(_ run: MapRunEvent, distance: Int64) {
        switch run {
        case .started(let arn):
            begin(.mapRunStarted, distance)
            name(arn)
        case .succeeded: begin(.mapRunSucceeded, distance)
        case .failed(let failure):
            begin(.mapRunFailed, distance)
            self.failure(failure)
        case .aborted: begin(.mapRunAborted, distance)
        case .redriven(let arn, let count):
            begin(.mapRunRedriven, distance)
            name(arn)
            with { $0.writeCount(count) }
        }
    }

    private mutating func begin(_ tag: RecordTag, _ distance: Int64) {
        self.tag(tag)
        with { $0.writeSigned(distance) }
    }

    private mutating func resource(_ resource: TaskResource) {
        name(resource.resourceType)
        name(resource.resource)
    }

    private mutating func write(_ task: TaskEvent, distance: Int64) {
        switch task {
        case .scheduled(let details):
            begin(.taskEventScheduled, distance)
            resource(details.resource)
            name(details.region)
            payload(details.parameters)
            with { $0.writeOptional(details.timeoutInSeconds) { $0.writeSigned($1) } }
            with { $0.writeOptional(details.heartbeatInSeconds) { $0.writeSigned($1) } }
            optionalName(details.credentialsRoleARN)
        case .started(let resource): begin(.taskEventStarted, distance, resource)
        case .startFailed(let resource, let failure):
            begin(.taskEventStartFailed, distance, resource, failure)
        case .submitted(let resource, let output):
            begin(.taskEventSubmitted, distance, resource)
            payload(output)
        case .submitFailed(let resource, let failure):
            begin(.taskEventSubmitFailed, distance, resource, failure)
        case .succeeded(let resource, let output):
            begin(.taskEventSucceeded, distance, resource)
            payload(output)
        case .failed(let resource, let failure):
            begin(.taskEventFailed, distance, resource, failure)
        case .timedOut(let resource, let failure):
            begin(.taskEventTimedOut, distance, resource, failure)
        }
    }

    private mutating func begin(
        _ tag: RecordTag,
        _ distance: Int64,
        _ resource: TaskResource,
        _ failure: Failure? = nil
    ) {
        begin(tag, distance)
        self.resource(resource)
        if let failure { self.failure(failure) }
    }

    private mutating func write(_ details: WorkScheduledDetails) {
        name(details.resource)
        payload(details.input)
        with { $0.writeOptional(details.timeoutInSeconds) { $0.writeSigned($1) } }
        with { $0.writeOptional(details.heartbeatInSeconds) { $0.writeSigned($1) } }
        optionalName(details.credentialsRoleARN)
    }

    private mutating func write(_ activity: ActivityEvent, distance: Int64) {
        switch activity {
        case .scheduled(let details):
            begin(.activityScheduled, distance)
            write(details)
        case .scheduleFailed(let failure):
            begin(.activityScheduleFailed, distance)
            self.failure(failure)
        case .started(let worker):
            begin(.activityStarted, distance)
            optionalName(worker)
        case .succeeded(let output):
            begin(.activitySucceeded, distance)
            payload(output)
        case .failed(let failure):
            begin(.activityFailed, distance)
            self.failure(failure)
        case .timedOut(let failure):
            begin(.activityTimedOut, distance)
            self.failure(failure)
        }
    }

    private mutating func write(_ function: LambdaFunctionEvent, distance: Int64) {
        switch function {
        case .scheduled(let details):
            begin(.functionScheduled, distance)
            write(details)
        case .scheduleFailed(let failure):
            begin(.functionScheduleFailed, distance)
            self.failure(failure)
        case .started: begin(.functionStarted, distance)
        case .startFailed(let failure):
            begin(.functionStartFailed, distance)
            self.failure(failure)
        case .succeeded(let output):
            begin(.functionSucceeded, distance)
            payload(output)
        case .failed(let failure):
            begin(.functionFailed, distance)
            self.failure(failure)
        case .timedOut(let failure):
            begin(.functionTimedOut, distance)
            self.failure(failure)
        }
    }
}

extension HistoryEventBody {
    /// The tag of an event that is its own family; those of tasks, activities, functions and map
    /// runs depend on the phase.
    fileprivate var plainTag: RecordTag {
        switch self {
        case .executionStarted: .executionStarted
        case .executionSucceeded: .executionSucceeded
        case .executionFailed: .executionFailed
        case .executionAborted: .executionAborted
        case .executionTimedOut: .executionTimedOut
        case .executionRedriven: .executionRedriven
        case .stateEntered: .stateEntered
        case .stateExited: .stateExited
        case .stateAborted: .stateAborted
        case .parallelStateStarted: .parallelStateStarted
        case .parallelStateSucceeded: .parallelStateSucceeded
        case .parallelStateFailed: .parallelStateFailed
        case .mapStateStarted: .mapStateStarted
        case .mapStateSucceeded: .mapStateSucceeded
        case .mapStateFailed: .mapStateFailed
        case .mapIteration: .mapIteration
        case .mapRun: .mapRunStarted
        case .task: .taskEventScheduled
        case .activity: .activityScheduled
        case .lambdaFunction: .functionScheduled
        case .evaluationFailed: .evaluationFailed
        }
    }
}
