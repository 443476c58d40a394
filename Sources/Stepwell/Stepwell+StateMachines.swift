import StepwellEngine
public import StepwellHistory

extension Stepwell {
    /// Creates a state machine; asked again with the same definition it answers the same.
    ///
    /// - Parameters:
    ///   - name: 1 to 80 characters.
    ///   - definition: In the Amazon States Language.
    ///   - type: Standard or Express.
    ///   - role: The role that is recorded as the executions'; nothing in this process uses it.
    /// - Returns: The state machine's ARN.
    /// - Throws: ``StepwellError`` `InvalidDefinition` with every problem found,
    ///   `StateMachineAlreadyExists` when the name is taken by another definition.
    @discardableResult
    public func createStateMachine(
        _ name: String,
        definition: Definition,
        type: StateMachineType = .standard,
        role: String? = nil
    ) async throws -> String {
        let request = CreateStateMachineRequest(
            name: name,
            definition: try definition.text(),
            roleARN: role ?? defaultRole,
            type: type
        )
        return try await engine.createStateMachine(request).stateMachineARN
    }

    /// Gives a state machine a new definition; executions that run keep theirs.
    ///
    /// - Throws: ``StepwellError`` `StateMachineDoesNotExist`, `InvalidDefinition`.
    public func updateStateMachine(_ name: String, definition: Definition) async throws {
        let request = UpdateStateMachineRequest(
            stateMachineARN: stateMachineARN(name),
            definition: try definition.text()
        )
        _ = try await engine.updateStateMachine(request)
    }

    /// Creates the state machine, or gives it the definition if it has another; its type stays.
    ///
    /// - Returns: The state machine's ARN.
    @discardableResult
    public func deployStateMachine(
        _ name: String,
        definition: Definition,
        type: StateMachineType = .standard
    ) async throws -> String {
        do {
            return try await createStateMachine(name, definition: definition, type: type)
        } catch let error as StepwellError where error.code == "StateMachineAlreadyExists" {
            try await updateStateMachine(name, definition: definition)
            return stateMachineARN(name)
        }
    }

    /// Deletes a state machine; its running executions go on to their end.
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
    public func listStateMachines() async throws -> [StateMachineDescription] {
        var found: [StateMachineDescription] = []
        var token: String?
        repeat {
            let page = try await engine.listStateMachines(maxResults: 1_000, nextToken: token)
            for item in page.items {
                found.append(try await describeStateMachine(item.stateMachineARN))
            }
            token = page.nextToken
        } while token != nil
        return found
    }

    /// The ARN of a state machine by its name; an ARN stands for itself.
    func stateMachineARN(_ name: String) -> String {
        name.utf8.starts(with: "arn:".utf8) ? name : engine.arn(.stateMachine, name)
    }

    private var defaultRole: String { engine.role("stepwell") }
}

/// What is known of a state machine.
public struct StateMachineDescription: Sendable, Hashable {
    /// The state machine's ARN.
    public let arn: String
    /// Its name.
    public let name: String
    /// The definition's text as it was given.
    public let definition: String
    /// Standard or Express.
    public let type: StateMachineType
    /// When it was created.
    public let creationDate: Timestamp
    /// When the definition came into force.
    public let updateDate: Timestamp

    init(_ response: DescribeStateMachineResponse) {
        arn = response.stateMachineARN
        name = response.name
        definition = response.definition
        type = response.type
        creationDate = response.creationDate
        updateDate = response.updateDate
    }
}
