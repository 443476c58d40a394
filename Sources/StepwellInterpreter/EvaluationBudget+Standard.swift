import StepwellJSONPath

extension EvaluationBudget {
    /// What one field of one state may spend: a million steps, whatever the clock says.
    static let standard = EvaluationBudget(steps: 1_000_000)
}
