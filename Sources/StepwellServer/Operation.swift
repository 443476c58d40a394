import StepwellEngine
import StepwellHistory
import StepwellJSON

/// One action of the API: what it is called, what it may be asked, and what it does.
struct Operation: Sendable {
    /// The action's name in AWS's service model.
    let name: String
    /// The members of its request.
    let shape: [MemberShape]
    /// Asks the engine; gives the response.
    private let perform: @Sendable (RequestFields, Engine) async throws -> ServiceResponse

    init(
        _ name: String,
        _ shape: [MemberShape],
        perform: @escaping @Sendable (RequestFields, Engine) async throws -> [UInt8]
    ) {
        self.init(name, shape, responding: { ServiceResponse(json: try await perform($0, $1)) })
    }

    /// An operation whose response is more than its JSON text.
    init(
        _ name: String,
        _ shape: [MemberShape],
        responding: @escaping @Sendable (RequestFields, Engine) async throws -> ServiceResponse
    ) {
        self.name = name
        self.shape = shape
        self.perform = responding
    }

    /// Reads and checks a request's body, and does what it asks.
    func respond(
        to body: [UInt8],
        engine: Engine,
        tokens: PageTokens,
        unknown: UnknownMembers = .refused
    ) async throws -> ServiceResponse {
        let limit = engine.configuration.executionLimits.payloadBytes
        let validator = RequestValidator(operation: name, payloadBytes: limit)
        return try await perform(try fields(of: body, tokens, validator, unknown), engine)
    }

    private func fields(
        of body: [UInt8],
        _ tokens: PageTokens,
        _ validator: consuming RequestValidator,
        _ unknown: UnknownMembers
    ) throws(ServiceError) -> RequestFields {
        let value: JSONValue
        do {
            value = try JSONParser.parseStructure(body, maximumDepth: 64)
        } catch {
            throw RequestValidator.unreadable(error)
        }
        guard case .object(let members) = value else {
            throw RequestValidator.serialization("The request must be a JSON object.")
        }
        try unknown.check(members, shape, validator)
        return RequestFields(members, tokens: tokens)
    }

    /// What an operation without output answers.
    static let empty = Array("{}".utf8)
}

extension Operation {
    /// Every action this server has, by name.
    static let all: [String: Operation] = Dictionary(
        uniqueKeysWithValues: [
            createStateMachine, updateStateMachine, describeStateMachine,
            describeStateMachineForExecution(in: .standardOrDispatched), listStateMachines,
            deleteStateMachine,
            startExecution, describeExecution(in: .standardOrDispatched), listExecutions,
            stopExecution, redriveExecution,
            getExecutionHistory(in: .standard), createActivity, describeActivity, listActivities,
            deleteActivity, getActivityTask, sendTaskSuccess, sendTaskFailure,
            sendTaskHeartbeat, testState, validateStateMachineDefinition,
            publishStateMachineVersion, listStateMachineVersions,
            deleteStateMachineVersion, createStateMachineAlias, updateStateMachineAlias,
            describeStateMachineAlias, listStateMachineAliases, deleteStateMachineAlias,
            tagResource, untagResource, listTagsForResource, describeMapRun, listMapRuns,
            updateMapRun, startSyncExecution,
        ].map { ($0.name, $0) }
    )

    /// What AWS's API has not, by name; targets of these begin with `Stepwell.`.
    ///
    /// AWS shows an execution of an Express workflow in its logs only. Here `DescribeExecution`,
    /// `DescribeStateMachineForExecution` and `GetExecutionHistory` of `Stepwell.` take every
    /// execution and answer as AWS's do. The others show what an execution is at any event of its
    /// history (`ExecutionViews`), and what waits for somebody (`WaitingTasks`).
    static let own: [String: Operation] = Dictionary(
        uniqueKeysWithValues: [
            describeExecution(in: .any), getExecutionHistory(in: .any),
            describeStateMachineForExecution(in: .any), describeExecutionState,
            describeStateStatuses, listStateVisits, describeStateVisit, listExecutionEvents,
            getExecutionTimeline, listWaitingTasks,
        ].map { ($0.name, $0) }
    )
}
