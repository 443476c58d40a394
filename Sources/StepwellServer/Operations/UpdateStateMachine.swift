import StepwellEngine

extension Operation {
    /// Gives a state machine a new revision.
    static let updateStateMachine = Operation(
        "UpdateStateMachine",
        [
            .required("stateMachineArn", .arn),
            .optional("definition", .definition),
            .optional("roleArn", .arn),
            .optional("loggingConfiguration", .loggingConfiguration),
            .optional("tracingConfiguration", .tracingConfiguration),
            .optional("publish", .boolean),
            .optional("versionDescription", .versionDescription),
            .optional("encryptionConfiguration", .encryptionConfiguration),
        ]
    ) { fields, engine in
        try fields.checkSettings()
        let response = try await engine.updateStateMachine(
            UpdateStateMachineRequest(
                stateMachineARN: fields.required("stateMachineArn"),
                definition: fields.string("definition"),
                roleARN: fields.string("roleArn"),
                loggingConfiguration: fields.loggingConfiguration,
                tracingEnabled: fields.tracingEnabled,
                encryptionConfiguration: fields.encryptionConfiguration,
                publish: fields.boolean("publish") ?? false,
                versionDescription: fields.string("versionDescription")
            )
        )
        var answer = ResponseFields()
        answer.add("updateDate", response.updateDate)
        answer.add("revisionId", response.revisionID)
        answer.add("stateMachineVersionArn", response.stateMachineVersionARN)
        return answer.finished()
    }
}
