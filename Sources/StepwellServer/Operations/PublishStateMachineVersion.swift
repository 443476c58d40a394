import StepwellEngine

extension Operation {
    /// Publishes the current revision of a state machine as a version.
    static let publishStateMachineVersion = Operation(
        "PublishStateMachineVersion",
        [
            .required("stateMachineArn", .arn),
            .optional("revisionId", .string(0...Int.max)),
            .optional("description", .versionDescription),
        ]
    ) { fields, engine in
        let version = try await engine.publishStateMachineVersion(
            PublishStateMachineVersionRequest(
                stateMachineARN: fields.required("stateMachineArn"),
                revisionID: fields.string("revisionId"),
                description: fields.string("description")
            )
        )
        var answer = ResponseFields()
        answer.add("creationDate", version.creationDate)
        answer.add("stateMachineVersionArn", version.stateMachineVersionARN)
        return answer.finished()
    }
}
