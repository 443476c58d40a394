import StepwellEngine

extension Operation {
    /// Reports a task's failure.
    static let sendTaskFailure = Operation(
        "SendTaskFailure",
        [
            .required("taskToken", .taskToken),
            .optional("error", .error),
            .optional("cause", .cause),
        ]
    ) { fields, engine in
        try await engine.sendTaskFailure(
            token: fields.required("taskToken"),
            error: fields.string("error"),
            cause: fields.string("cause")
        )
        return empty
    }
}
