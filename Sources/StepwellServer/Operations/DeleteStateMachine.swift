import StepwellEngine

extension Operation {
    /// Deletes a state machine.
    static let deleteStateMachine = Operation(
        "DeleteStateMachine",
        [.required("stateMachineArn", .arn)]
    ) { fields, engine in
        try await engine.deleteStateMachine(arn: fields.required("stateMachineArn"))
        return empty
    }
}
