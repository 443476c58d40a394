import StepwellEngine

extension Operation {
    /// Describes an alias.
    static let describeStateMachineAlias = Operation(
        "DescribeStateMachineAlias",
        [.required("stateMachineAliasArn", .arn)]
    ) { fields, engine in
        let alias = try await engine.describeStateMachineAlias(
            arn: fields.required("stateMachineAliasArn")
        )
        let routing = alias.routingConfiguration.map { route in
            var item = ResponseFields()
            item.add("stateMachineVersionArn", route.stateMachineVersionARN)
            item.add("weight", route.weight)
            return item
        }
        var answer = ResponseFields()
        answer.add("stateMachineAliasArn", alias.stateMachineAliasARN)
        answer.add("name", alias.name)
        answer.add("description", alias.description)
        answer.add("routingConfiguration", routing)
        answer.add("creationDate", alias.creationDate)
        answer.add("updateDate", alias.updateDate)
        return answer.finished()
    }
}
