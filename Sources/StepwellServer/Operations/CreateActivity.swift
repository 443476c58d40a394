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
        if let encryption = fields.encryptionConfiguration, encryption != EncryptionConfiguration()
        {
            throw ServiceError(
                code: "InvalidEncryptionConfiguration",
                message: "Invalid Encryption Configuration: activities are kept under "
                    + "AWS_OWNED_KEY only by this server"
            )
        }
        let activity = try await engine.createActivity(
            name: fields.required("name"),
            tags: fields.tags
        )
        var answer = ResponseFields()
        answer.add("activityArn", activity.activityARN)
        answer.add("creationDate", activity.creationDate)
        return answer.finished()
    }
}
