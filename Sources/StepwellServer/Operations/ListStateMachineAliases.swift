import StepwellEngine

extension Operation {
    /// Lists the aliases of a state machine or version.
    static let listStateMachineAliases = Operation(
        "ListStateMachineAliases",
        [
            .required("stateMachineArn", .arn),
            .optional("nextToken", .pageToken),
            .optional("maxResults", .pageSize),
        ]
    ) { fields, engine in
        let arn = fields.required("stateMachineArn")
        let page = try await engine.listStateMachineAliases(
            stateMachineARN: arn,
            maxResults: fields.integer("maxResults") ?? 0,
            nextToken: try fields.pageToken("ListStateMachineAliases", arn)
        )
        let items = page.items.map { alias in
            var item = ResponseFields()
            item.add("stateMachineAliasArn", alias.stateMachineAliasARN)
            item.add("creationDate", alias.creationDate)
            return item
        }
        var answer = ResponseFields()
        answer.add("stateMachineAliases", items)
        answer.add("nextToken", fields.sealed(page.nextToken, "ListStateMachineAliases", arn))
        return answer.finished()
    }
}
