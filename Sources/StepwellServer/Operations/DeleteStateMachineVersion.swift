import StepwellEngine

extension Operation {
    /// Deletes a version that no alias leads to.
    static let deleteStateMachineVersion = Operation(
        "DeleteStateMachineVersion",
        [.required("stateMachineVersionArn", .longARN)]
    ) { fields, engine in
        try await engine.deleteStateMachineVersion(arn: fields.required("stateMachineVersionArn"))
        return empty
    }
}
