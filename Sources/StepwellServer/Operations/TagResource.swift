import StepwellEngine

extension Operation {
    /// Adds tags to a state machine or activity.
    static let tagResource = Operation(
        "TagResource",
        [.required("resourceArn", .arn), .required("tags", .tags)]
    ) { fields, engine in
        try await engine.tagResource(arn: fields.required("resourceArn"), tags: fields.tags)
        return empty
    }
}
