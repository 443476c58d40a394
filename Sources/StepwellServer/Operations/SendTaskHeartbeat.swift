import StepwellEngine

extension Operation {
    /// Reports that a task is still being worked on.
    static let sendTaskHeartbeat = Operation(
        "SendTaskHeartbeat",
        [.required("taskToken", .taskToken)]
    ) { fields, engine in
        try await engine.sendTaskHeartbeat(token: fields.required("taskToken"))
        return empty
    }
}
