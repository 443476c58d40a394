import StepwellEngine

/// Something to be decided.
struct LedgerJob: Sendable {
    /// Decides; the answer is given when the batch is durable, or with the reason why it is not.
    let decide: @Sendable (inout TriggerBatch) -> LedgerAnswer
    /// Tells who asked that nothing is decided.
    let refuse: @Sendable (ServiceError) -> Void
}

/// What was decided, not told yet.
struct LedgerAnswer: Sendable {
    /// Tells it; with an error, that instead.
    let give: @Sendable (ServiceError?) -> Void
}
