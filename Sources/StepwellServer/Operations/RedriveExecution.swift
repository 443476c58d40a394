import StepwellEngine

extension Operation {
    /// Has an execution that did not succeed go on from its unsuccessful states.
    static let redriveExecution = Operation(
        "RedriveExecution",
        [.required("executionArn", .arn), .optional("clientToken", .clientToken)]
    ) { fields, engine in
        let redriven = try await engine.redriveExecution(
            arn: fields.required("executionArn"),
            clientToken: fields.string("clientToken")
        )
        var answer = ResponseFields()
        answer.add("redriveDate", redriven)
        return answer.finished()
    }
}
