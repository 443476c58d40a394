import StepwellEngine

extension Operation {
    /// Creates an alias of one or two versions.
    static let createStateMachineAlias = Operation(
        "CreateStateMachineAlias",
        [
            .optional("description", .aliasDescription),
            .required("name", .aliasName),
            .required("routingConfiguration", .routingConfiguration),
        ]
    ) { fields, engine in
        let alias = try await engine.createStateMachineAlias(
            CreateStateMachineAliasRequest(
                name: fields.required("name"),
                description: fields.string("description"),
                routingConfiguration: fields.routingConfiguration
            )
        )
        var answer = ResponseFields()
        answer.add("stateMachineAliasArn", alias.stateMachineAliasARN)
        answer.add("creationDate", alias.creationDate)
        return answer.finished()
    }
}
