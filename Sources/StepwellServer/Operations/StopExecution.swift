import StepwellEngine

extension Operation {
    /// Stops an execution.
    static let stopExecution = Operation(
        "StopExecution",
        [
            .required("executionArn", .arn),
            .optional("error", .error),
            .optional("cause", .cause),
        ]
    ) { fields, engine in
        let stopped = try await engine.stopExecution(
            arn: fields.required("executionArn"),
            error: fields.string("error"),
            cause: fields.string("cause")
        )
        var answer = ResponseFields()
        answer.add("stopDate", stopped)
        return answer.finished()
    }
}
