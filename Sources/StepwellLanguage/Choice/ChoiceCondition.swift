package import StepwellJSONPath

/// What a Choice rule asks.
package indirect enum ChoiceCondition: Sendable {
    /// `And`: all hold; asked in order until one does not.
    case and([ChoiceCondition])
    /// `Or`: one holds; asked in order until one does.
    case or([ChoiceCondition])
    /// `Not`.
    case not(ChoiceCondition)
    /// `Variable` with an operator.
    case comparison(Comparison)
    /// `Condition` in JSONata: `true` or `false` itself.
    case literal(Bool)
    /// `Condition` in JSONata: an expression.
    case expression(StateExpression)

    /// Whether the condition holds.
    ///
    /// - Throws: `ChoiceError` of the first comparison that cannot be made.
    package func evaluate(
        in scope: some PathScope,
        budget: inout EvaluationBudget
    ) throws(ChoiceError) -> Bool {
        switch self {
        case .and(let conditions):
            for condition in conditions
            where try !condition.evaluate(in: scope, budget: &budget) {
                return false
            }
            return true
        case .or(let conditions):
            for condition in conditions
            where try condition.evaluate(in: scope, budget: &budget) {
                return true
            }
            return false
        case .not(let condition):
            return try !condition.evaluate(in: scope, budget: &budget)
        case .comparison(let comparison):
            return try comparison.evaluate(in: scope, budget: &budget)
        case .literal(let flag):
            return flag
        case .expression(let expression):
            throw .expression(expression)
        }
    }
}
