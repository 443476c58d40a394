import StepwellEngine

extension Operation {
    /// Gives a page of an execution's history.
    static func getExecutionHistory(in scope: ExecutionScope) -> Operation {
        Operation(
            "GetExecutionHistory",
            [
                .required("executionArn", .arn),
                .optional("maxResults", .pageSize),
                .optional("reverseOrder", .boolean),
                .optional("nextToken", .pageToken),
                .optional("includeExecutionData", .boolean),
            ]
        ) { fields, engine in
            let arn = fields.required("executionArn")
            let isReversed = fields.boolean("reverseOrder") ?? false
            let order = isReversed ? "newest first" : "oldest first"
            let page = try await engine.getExecutionHistoryText(
                GetExecutionHistoryRequest(
                    executionARN: arn,
                    maxResults: fields.integer("maxResults") ?? 0,
                    reverseOrder: isReversed,
                    nextToken: try fields.pageToken("GetExecutionHistory", arn, order),
                    includeExecutionData: fields.boolean("includeExecutionData") ?? true
                ),
                scope: scope
            )
            var answer = ResponseFields()
            answer.raw("events", page.events)
            answer.add(
                "nextToken",
                fields.sealed(page.nextToken, "GetExecutionHistory", arn, order)
            )
            return answer.finished()
        }
    }
}
