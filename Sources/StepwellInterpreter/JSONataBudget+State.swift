import StepwellJSONata

extension JSONataBudget {
    /// What one expression of a state may spend before revision 7: a tenth of what the language
    /// itself allows.
    static let state = JSONataBudget(
        steps: 5_000_000,
        bytes: 64 << 20,
        patternSteps: 5_000_000
    )
}
