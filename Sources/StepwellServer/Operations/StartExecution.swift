import StepwellEngine

extension Operation {
    /// Starts an execution; the answer means that the start is durable.
    static let startExecution = Operation(
        "StartExecution",
        [
            .required("stateMachineArn", .arn),
            .optional("name", .name),
            .optional("input", .data),
            .optional("traceHeader", .traceHeader),
        ]
    ) { fields, engine in
        let response = try await engine.startExecution(
            StartExecutionRequest(
                stateMachineARN: fields.required("stateMachineArn"),
                name: fields.string("name"),
                input: Array((fields.string("input") ?? "{}").utf8),
                traceHeader: fields.string("traceHeader")
            )
        )
        var answer = ResponseFields()
        answer.add("executionArn", response.executionARN)
        answer.add("startDate", response.startDate)
        return answer.finished()
    }
}
