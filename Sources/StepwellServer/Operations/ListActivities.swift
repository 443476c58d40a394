import StepwellEngine

extension Operation {
    /// Lists the activities.
    static let listActivities = Operation(
        "ListActivities",
        [.optional("maxResults", .pageSize), .optional("nextToken", .pageToken)]
    ) { fields, engine in
        let page = try await engine.listActivities(
            maxResults: fields.integer("maxResults") ?? 0,
            nextToken: try fields.pageToken("ListActivities")
        )
        var answer = ResponseFields()
        answer.add("activities", page.items.map { $0.fields })
        answer.add("nextToken", fields.sealed(page.nextToken, "ListActivities"))
        return answer.finished()
    }
}
