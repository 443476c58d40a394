import StepwellEngine

extension Operation {
    /// Takes tags from a state machine or activity.
    static let untagResource = Operation(
        "UntagResource",
        [
            .required("resourceArn", .arn),
            .required("tagKeys", .list(of: .tagKey)),
        ]
    ) { fields, engine in
        try await engine.untagResource(
            arn: fields.required("resourceArn"),
            keys: fields.strings("tagKeys")
        )
        return empty
    }
}
