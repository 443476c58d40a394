import StepwellEngine
public import StepwellJSON
import StepwellLanguage

extension WorkflowEngine {
    /// What is wrong with a definition: errors, with which no state machine is made of it, and
    /// warnings, with which it may not do what its author meant; resources that nothing in this
    /// engine serves are among these.
    ///
    /// - Parameters:
    ///   - definition: In the Amazon States Language.
    ///   - type: Standard or Express: some fields suit one of them alone.
    /// - Returns: The problems in the order in which they were found, at most 1,000.
    /// - Throws: What reading the definition's file throws; ``StepwellError``
    ///   `ThrottlingException`, `ServiceUnavailable`.
    public func validate(
        _ definition: Definition,
        type: StateMachineType = .standard
    ) async throws -> [DefinitionDiagnostic] {
        let found = try await engine.validateDefinition(
            try await definition.loaded(),
            type: type,
            severity: .warning,
            maxResults: 1_000
        )
        return found.diagnostics.map(DefinitionDiagnostic.init)
    }

    /// Runs one state by itself, with nothing recorded: for tests of paths, templates, retries and
    /// catchers.
    ///
    /// Work that is not mocked is done by this engine's handlers, whether it is suspended or not.
    ///
    /// - Parameters:
    ///   - definition: A state, or with `state` a state machine.
    ///   - state: The name of a state of the machine, at whatever depth.
    ///   - input: The state's input.
    ///   - variables: The variables that are in scope.
    ///   - mock: What stands for the state's work.
    ///   - retryCount: How often the state was retried before.
    /// - Returns: How it ended, with what each stage of its data flow gave.
    /// - Throws: ``StepwellError`` `InvalidDefinition`, `InvalidExecutionInput`,
    ///   `ValidationException`.
    public func testState(
        _ definition: Definition,
        state: String? = nil,
        input: some Encodable & Sendable = JSONValue.object([:]),
        variables: [String: JSONValue] = [:],
        mock: StateMock? = nil,
        retryCount: Int? = nil
    ) async throws -> StateTestResult {
        var request = TestStateRequest(definition: try await definition.loaded())
        request.roleARN = defaultRole
        request.stateName = state
        request.input = try coding.payload(of: input).string
        if !variables.isEmpty {
            let members = variables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            request.variables = JSONWriter.string(.object(JSONObject(members)))
        }
        request.mock = mock?.requested
        request.configuration.retrierRetryCount = retryCount
        return StateTestResult(try await engine.testState(request))
    }
}
