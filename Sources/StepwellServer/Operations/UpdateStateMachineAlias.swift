import StepwellEngine

extension Operation {
    /// Gives an alias another description or routing.
    static let updateStateMachineAlias = Operation(
        "UpdateStateMachineAlias",
        [
            .required("stateMachineAliasArn", .arn),
            .optional("description", .aliasDescription),
            .optional("routingConfiguration", .routingConfiguration),
        ]
    ) { fields, engine in
        let routing = fields.routingConfiguration
        let updated = try await engine.updateStateMachineAlias(
            UpdateStateMachineAliasRequest(
                stateMachineAliasARN: fields.required("stateMachineAliasArn"),
                description: fields.string("description"),
                routingConfiguration: routing.isEmpty ? nil : routing
            )
        )
        var answer = ResponseFields()
        answer.add("updateDate", updated)
        return answer.finished()
    }
}
