import StepwellEngine

extension WorkflowEngine {
    /// Creates a state machine; asked again with the same definition it answers the same.
    ///
    /// - Parameters:
    ///   - name: 1 to 80 characters.
    ///   - definition: In the Amazon States Language.
    ///   - type: Standard or Express.
    ///   - role: The role that is recorded as the executions'; nothing in this process uses it.
    ///   - tags: Of a new one; keys with values.
    /// - Returns: The state machine's ARN.
    /// - Throws: ``StepwellError`` `InvalidDefinition` with every problem found,
    ///   `StateMachineAlreadyExists` when the name is taken by another definition.
    @discardableResult
    public func createStateMachine(
        _ name: String,
        definition: Definition,
        type: StateMachineType = .standard,
        role: String? = nil,
        tags: [String: String] = [:]
    ) async throws -> String {
        let request = CreateStateMachineRequest(
            name: name,
            definition: try await definition.loaded(),
            roleARN: role ?? defaultRole,
            type: type,
            tags: ResourceTag.list(tags)
        )
        return try await engine.createStateMachine(request).stateMachineARN
    }

    /// Gives a state machine a new definition; executions that run keep theirs.
    ///
    /// - Throws: ``StepwellError`` `StateMachineDoesNotExist`, `InvalidDefinition`.
    public func updateStateMachine(_ name: String, definition: Definition) async throws {
        let request = UpdateStateMachineRequest(
            stateMachineARN: stateMachineARN(name),
            definition: try await definition.loaded()
        )
        _ = try await engine.updateStateMachine(request)
    }

    /// Creates the state machine, or gives it the definition if it has another; its type stays.
    ///
    /// A definition with a resource that nothing in this engine serves is refused: its executions
    /// would fail there (`Stepwell.NoHandler`). With ``Configuration/mocks(file:)`` nothing is
    /// refused, since what is mocked is known when an execution is started.
    ///
    /// - Parameters:
    ///   - name: 1 to 80 characters.
    ///   - definition: In the Amazon States Language.
    ///   - type: Standard or Express, when it is new.
    ///   - allowsUnserved: Whether it is deployed all the same: for executions that another process
    ///     is to run.
    /// - Returns: The state machine's ARN.
    /// - Throws: ``UnservedResources``; ``StepwellError`` `InvalidDefinition` with every problem
    ///   found.
    @discardableResult
    public func deployStateMachine(
        _ name: String,
        definition: Definition,
        type: StateMachineType = .standard,
        allowsUnserved: Bool = false
    ) async throws -> String {
        let text = try await definition.loaded()
        if !allowsUnserved, engine.configuration.mocks == nil {
            let hindrances = try await engine.hindrances(in: text)
            guard hindrances.isEmpty else {
                throw UnservedResources(stateMachine: name, reasons: hindrances)
            }
        }
        do {
            return try await createStateMachine(name, definition: .json(text), type: type)
        } catch let error as StepwellError where error.code == .stateMachineAlreadyExists {
            try await updateStateMachine(name, definition: .json(text))
            return stateMachineARN(name)
        }
    }

    /// Deletes a state machine with its versions and aliases.
    ///
    /// Its running executions end at their next transition. Deleting one that is not there is no
    /// error.
    public func deleteStateMachine(_ name: String) async throws {
        try await engine.deleteStateMachine(arn: stateMachineARN(name))
    }

    /// The definition of a state machine as it was given, with its settings.
    ///
    /// - Throws: ``StepwellError`` `StateMachineDoesNotExist`.
    public func describeStateMachine(_ name: String) async throws -> StateMachineDescription {
        StateMachineDescription(
            try await engine.describeStateMachine(arn: stateMachineARN(name))
        )
    }

    /// Every state machine, in order of the names.
    public var stateMachines: Listing<StateMachineSummary> {
        Listing({ StateMachineSummary($0) }) { [engine] token in
            try await engine.listStateMachines(maxResults: 1_000, nextToken: token)
        }
    }

    /// The ARN of a state machine by its name; an ARN stands for itself.
    func stateMachineARN(_ name: String) -> String {
        name.utf8.starts(with: "arn:".utf8) ? name : engine.arn(.stateMachine, name)
    }

    /// The role of what is given none.
    var defaultRole: String { engine.role("stepwell") }
}

extension ResourceTag {
    /// Tags in order of their keys.
    static func list(_ tags: [String: String]) -> [ResourceTag] {
        tags.sorted { $0.key < $1.key }.map { ResourceTag(key: $0.key, value: $0.value) }
    }
}
