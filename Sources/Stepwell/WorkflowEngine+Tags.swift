import StepwellEngine

extension WorkflowEngine {
    /// The tags of a state machine, or of the activity with an ARN.
    ///
    /// - Throws: ``StepwellError`` `ResourceNotFound`.
    public func tags(of resource: String) async throws -> [String: String] {
        let tags = try await engine.listTagsForResource(arn: stateMachineARN(resource))
        return Dictionary(tags.map { ($0.key, $0.value) }) { $1 }
    }

    /// Adds tags to a state machine, or to the activity with an ARN; those that are there get the
    /// value.
    ///
    /// - Throws: ``StepwellError`` `ResourceNotFound`, `TooManyTags`, `ValidationException`.
    public func setTags(_ tags: [String: String], of resource: String) async throws {
        try await engine.tagResource(
            arn: stateMachineARN(resource),
            tags: ResourceTag.list(tags)
        )
    }

    /// Takes tags from a state machine, or from the activity with an ARN.
    ///
    /// - Throws: ``StepwellError`` `ResourceNotFound`.
    public func removeTags(_ keys: [String], of resource: String) async throws {
        try await engine.untagResource(arn: stateMachineARN(resource), keys: keys)
    }
}
