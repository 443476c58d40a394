import StepwellEngine

extension Operation {
    /// Lists the state machines.
    static let listStateMachines = Operation(
        "ListStateMachines",
        [.optional("maxResults", .pageSize), .optional("nextToken", .pageToken)]
    ) { fields, engine in
        let page = try await engine.listStateMachines(
            maxResults: fields.integer("maxResults") ?? 0,
            nextToken: try fields.pageToken("ListStateMachines")
        )
        let items = page.items.map { machine in
            var item = ResponseFields()
            item.add("stateMachineArn", machine.stateMachineARN)
            item.add("name", machine.name)
            item.add("type", machine.type.rawValue)
            item.add("creationDate", machine.creationDate)
            return item
        }
        var answer = ResponseFields()
        answer.add("stateMachines", items)
        answer.add("nextToken", fields.sealed(page.nextToken, "ListStateMachines"))
        return answer.finished()
    }
}
