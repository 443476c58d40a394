import StepwellEngine

extension Operation {
    /// Reports a task's success.
    static let sendTaskSuccess = Operation(
        "SendTaskSuccess",
        [.required("taskToken", .taskToken), .required("output", .data)]
    ) { fields, engine in
        try await engine.sendTaskSuccess(
            token: fields.required("taskToken"),
            output: Array(fields.required("output").utf8)
        )
        return empty
    }
}
