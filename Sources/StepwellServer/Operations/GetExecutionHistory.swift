import StepwellEngine
import StepwellHistory

extension Operation {
    /// Gives a page of an execution's history.
    static let getExecutionHistory = Operation(
        "GetExecutionHistory",
        [
            .required("executionArn", .arn),
            .optional("maxResults", .pageSize),
            .optional("reverseOrder", .boolean),
            .optional("nextToken", .pageToken),
            .optional("includeExecutionData", .boolean),
        ]
    ) { fields, engine in
        let page = try await engine.getExecutionHistory(
            GetExecutionHistoryRequest(
                executionARN: fields.required("executionArn"),
                maxResults: fields.integer("maxResults") ?? 0,
                reverseOrder: fields.boolean("reverseOrder") ?? false,
                nextToken: fields.string("nextToken")
            )
        )
        let included = fields.boolean("includeExecutionData") ?? true
        var answer = ResponseFields()
        answer.raw("events", EventJSON.array(page.items, includeExecutionData: included))
        answer.add("nextToken", page.nextToken)
        return answer.finished()
    }
}
