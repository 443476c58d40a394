import StepwellEngine

extension Operation {
    /// Deletes an activity.
    static let deleteActivity = Operation(
        "DeleteActivity",
        [.required("activityArn", .arn)]
    ) { fields, engine in
        try await engine.deleteActivity(arn: fields.required("activityArn"))
        return empty
    }
}
