import StepwellJSON

/// Collects the members of an event's details in the order and under the names of the API.
struct EventDetails {
    private let includesData: Bool
    private(set) var members = JSONObject()

    init(includesData: Bool) {
        self.includesData = includesData
    }

    /// Adds what the event has; false when its type has no details.
    mutating func add(_ body: HistoryEventBody) -> Bool {
        switch body {
        case .executionStarted(let details): add(details)
        case .executionSucceeded(let output): add(output: output)
        case .executionFailed(let failure), .executionAborted(let failure),
            .executionTimedOut(let failure):
            add(failure)
        case .executionRedriven(let count): add("redriveCount", count)
        case .stateEntered(_, let details):
            add("name", details.name)
            add(input: details.input)
        case .stateExited(_, let details): add(details)
        case .mapStateStarted(let length): add("length", length)
        case .mapIteration(_, let details):
            add("name", details.name)
            add("index", details.index)
        case .evaluationFailed(let details):
            add(details.failure)
            add("location", details.location)
            add("state", details.state)
        case .mapRun(let event): return add(event)
        case .task(let event): add(event)
        case .activity(let event): add(event)
        case .lambdaFunction(let event): return add(event)
        case .stateAborted, .parallelStateStarted, .parallelStateSucceeded, .parallelStateFailed,
            .mapStateSucceeded, .mapStateFailed:
            return false
        }
        return true
    }

    private mutating func add(_ details: ExecutionStartedDetails) {
        add(input: details.input)
        add("roleArn", details.roleARN)
        add("stateMachineAliasArn", details.stateMachineAliasARN)
        add("stateMachineVersionArn", details.stateMachineVersionARN)
    }

    private mutating func add(_ details: StateExitedDetails) {
        add("name", details.name)
        add(output: details.output)
        guard includesData, !details.assignedVariables.isEmpty else { return }
        let variables = details.assignedVariables.map {
            ($0.name, JSONValue.string($0.value.string))
        }
        members["assignedVariables"] = .object(JSONObject(variables))
        members["assignedVariablesDetails"] = Self.whole
    }

    private mutating func add(_ event: MapRunEvent) -> Bool {
        switch event {
        case .started(let arn): add("mapRunArn", arn)
        case .failed(let failure): add(failure)
        case .redriven(let arn, let count):
            add("mapRunArn", arn)
            add("redriveCount", count)
        case .succeeded, .aborted: return false
        }
        return true
    }

    private mutating func add(_ event: TaskEvent) {
        switch event {
        case .scheduled(let details):
            add(details.resource)
            add("region", details.region)
            if includesData { add("parameters", details.parameters.string) }
            add("timeoutInSeconds", details.timeoutInSeconds)
            add("heartbeatInSeconds", details.heartbeatInSeconds)
            add(credentials: details.credentialsRoleARN)
        case .started(let resource): add(resource)
        case .submitted(let resource, let output), .succeeded(let resource, let output):
            add(resource)
            add(output: output)
        case .startFailed(let resource, let failure), .submitFailed(let resource, let failure),
            .failed(let resource, let failure), .timedOut(let resource, let failure):
            add(resource)
            add(failure)
        }
    }

    private mutating func add(_ event: ActivityEvent) {
        switch event {
        case .scheduled(let details):
            add(details)
            add("heartbeatInSeconds", details.heartbeatInSeconds)
        case .started(let workerName): add("workerName", workerName)
        case .succeeded(let output): add(output: output)
        case .scheduleFailed(let failure), .failed(let failure), .timedOut(let failure):
            add(failure)
        }
    }

    private mutating func add(_ event: LambdaFunctionEvent) -> Bool {
        switch event {
        case .scheduled(let details):
            add(details)
            add(credentials: details.credentialsRoleARN)
        case .started: return false
        case .succeeded(let output): add(output: output)
        case .scheduleFailed(let failure), .startFailed(let failure), .failed(let failure),
            .timedOut(let failure):
            add(failure)
        }
        return true
    }

    /// What activities and functions share.
    private mutating func add(_ details: WorkScheduledDetails) {
        add("resource", details.resource)
        add(input: details.input)
        add("timeoutInSeconds", details.timeoutInSeconds)
    }

    private mutating func add(_ resource: TaskResource) {
        add("resourceType", resource.resourceType)
        add("resource", resource.resource)
    }

    private mutating func add(_ failure: Failure) {
        add("error", failure.error)
        add("cause", failure.cause)
    }

    private mutating func add(credentials role: String?) {
        guard let role else { return }
        members["taskCredentials"] = .object(JSONObject([("roleArn", .string(role))]))
    }

    private mutating func add(input: Payload) {
        guard includesData else { return }
        add("input", input.string)
        members["inputDetails"] = Self.whole
    }

    private mutating func add(output: Payload) {
        guard includesData else { return }
        add("output", output.string)
        members["outputDetails"] = Self.whole
    }

    private mutating func add(_ key: String, _ text: String?) {
        if let text { members[key] = .string(text) }
    }

    private mutating func add(_ key: String, _ number: Int64?) {
        if let number { members[key] = .number(JSONNumber(number)) }
    }

    private mutating func add(_ key: String, _ number: Int) {
        add(key, Int64(number))
    }

    /// Responses of the API are never cut.
    private static let whole = JSONValue.object(JSONObject([("truncated", .bool(false))]))
}
