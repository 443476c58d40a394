import StepwellEngine

extension Operation {
    /// Deletes an alias.
    static let deleteStateMachineAlias = Operation(
        "DeleteStateMachineAlias",
        [.required("stateMachineAliasArn", .arn)]
    ) { fields, engine in
        try await engine.deleteStateMachineAlias(arn: fields.required("stateMachineAliasArn"))
        return empty
    }
}
