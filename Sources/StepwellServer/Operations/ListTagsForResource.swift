import StepwellEngine

extension Operation {
    /// Lists the tags of a state machine or activity.
    static let listTagsForResource = Operation(
        "ListTagsForResource",
        [.required("resourceArn", .arn)]
    ) { fields, engine in
        let tags = try await engine.listTagsForResource(arn: fields.required("resourceArn"))
        let items = tags.map { tag in
            var item = ResponseFields()
            item.add("key", tag.key)
            item.add("value", tag.value)
            return item
        }
        var answer = ResponseFields()
        answer.add("tags", items)
        return answer.finished()
    }
}
