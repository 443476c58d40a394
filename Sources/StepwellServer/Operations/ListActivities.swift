import StepwellEngine

extension Operation {
    /// Lists the activities.
    static let listActivities = Operation(
        "ListActivities",
        [.optional("maxResults", .pageSize), .optional("nextToken", .pageToken)]
    ) { fields, engine in
        let page = try await engine.listActivities(
            maxResults: fields.integer("maxResults") ?? 0,
            nextToken: fields.string("nextToken")
        )
        var answer = ResponseFields()
        answer.add("activities", page.items.map { $0.fields })
        answer.add("nextToken", page.nextToken)
        return answer.finished()
    }
}
