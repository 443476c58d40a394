import StepwellEngine

extension Operation {
    /// Lists the Map Runs of an execution, newest first.
    static let listMapRuns = Operation(
        "ListMapRuns",
        [
            .required("executionArn", .arn),
            .optional("maxResults", .pageSize),
            .optional("nextToken", .pageToken),
        ]
    ) { fields, engine in
        let arn = fields.required("executionArn")
        let page = try await engine.listMapRuns(
            executionARN: arn,
            maxResults: fields.integer("maxResults") ?? 0,
            nextToken: try fields.pageToken("ListMapRuns", arn)
        )
        let items = page.items.map { run in
            var item = ResponseFields()
            item.add("executionArn", run.executionARN)
            item.add("mapRunArn", run.mapRunARN)
            item.add("stateMachineArn", run.stateMachineARN)
            item.add("startDate", run.startDate)
            item.add("stopDate", run.stopDate)
            return item
        }
        var answer = ResponseFields()
        answer.add("mapRuns", items)
        answer.add("nextToken", fields.sealed(page.nextToken, "ListMapRuns", arn))
        return answer.finished()
    }
}
