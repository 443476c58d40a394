import StepwellJSONata

extension JSONataBudget {
    /// What one expression of a state may spend: a tenth of what the language itself allows, so
    /// that an endless one fails before other executions wait long for their turns.
    static let state = JSONataBudget(
        steps: 5_000_000,
        bytes: 64 << 20,
        patternSteps: 5_000_000
    )
}
