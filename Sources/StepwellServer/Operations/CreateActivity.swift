import StepwellEngine

extension Operation {
    /// Creates an activity.
    static let createActivity = Operation(
        "CreateActivity",
        [
            .required("name", .name),
            .optional("tags", .tags),
            .optional("encryptionConfiguration", .encryptionConfiguration),
        ]
    ) { fields, engine in
        let activity = try await engine.createActivity(
            name: fields.required("name"),
            tags: fields.tags,
            encryption: fields.encryptionConfiguration
        )
        var answer = ResponseFields()
        answer.add("activityArn", activity.activityARN)
        answer.add("creationDate", activity.creationDate)
        return answer.finished()
    }
}
