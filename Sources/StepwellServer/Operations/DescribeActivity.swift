import StepwellEngine

extension Operation {
    /// Describes an activity.
    static let describeActivity = Operation(
        "DescribeActivity",
        [.required("activityArn", .arn)]
    ) { fields, engine in
        let activity = try await engine.describeActivity(arn: fields.required("activityArn"))
        var answer = activity.fields
        answer.add(activity.encryptionConfiguration)
        return answer.finished()
    }
}

extension ActivityDescription {
    /// The members that DescribeActivity and ListActivities give.
    var fields: ResponseFields {
        var fields = ResponseFields()
        fields.add("activityArn", activityARN)
        fields.add("name", name)
        fields.add("creationDate", creationDate)
        return fields
    }
}
