import StepwellEngine

extension Operation {
    /// Creates a state machine.
    static let createStateMachine = Operation(
        "CreateStateMachine",
        [
            .required("name", .name),
            .required("definition", .definition),
            .required("roleArn", .arn),
            .optional("type", .stateMachineType),
            .optional("loggingConfiguration", .loggingConfiguration),
            .optional("tags", .tags),
            .optional("tracingConfiguration", .tracingConfiguration),
            .optional("publish", .boolean),
            .optional("versionDescription", .versionDescription),
            .optional("encryptionConfiguration", .encryptionConfiguration),
        ]
    ) { fields, engine in
        try fields.checkSettings()
        let response = try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: fields.required("name"),
                definition: fields.required("definition"),
                roleARN: fields.required("roleArn"),
                type: fields.string("type").flatMap { .init(rawValue: $0) } ?? .standard,
                loggingConfiguration: fields.loggingConfiguration,
                tracingEnabled: fields.tracingEnabled,
                encryptionConfiguration: fields.encryptionConfiguration,
                tags: fields.tags,
                publish: fields.boolean("publish") ?? false,
                versionDescription: fields.string("versionDescription")
            )
        )
        var answer = ResponseFields()
        answer.add("stateMachineArn", response.stateMachineARN)
        answer.add("creationDate", response.creationDate)
        answer.add("stateMachineVersionArn", response.stateMachineVersionARN)
        return answer.finished()
    }
}
