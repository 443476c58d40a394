import StepwellEngine

extension Operation {
    /// Lists the versions of a state machine, newest first.
    static let listStateMachineVersions = Operation(
        "ListStateMachineVersions",
        [
            .required("stateMachineArn", .arn),
            .optional("nextToken", .pageToken),
            .optional("maxResults", .pageSize),
        ]
    ) { fields, engine in
        let arn = fields.required("stateMachineArn")
        let page = try await engine.listStateMachineVersions(
            stateMachineARN: arn,
            maxResults: fields.integer("maxResults") ?? 0,
            nextToken: try fields.pageToken("ListStateMachineVersions", arn)
        )
        let items = page.items.map { version in
            var item = ResponseFields()
            item.add("stateMachineVersionArn", version.stateMachineVersionARN)
            item.add("creationDate", version.creationDate)
            return item
        }
        var answer = ResponseFields()
        answer.add("stateMachineVersions", items)
        answer.add("nextToken", fields.sealed(page.nextToken, "ListStateMachineVersions", arn))
        return answer.finished()
    }
}
