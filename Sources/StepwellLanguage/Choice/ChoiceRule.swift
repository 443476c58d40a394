/// One element of `Choices`.
package struct ChoiceRule: Sendable {
    /// What has to hold.
    package let condition: ChoiceCondition
    /// `Next`, a state of the same scope.
    package let next: StateIndex
    /// `Assign` in JSONPath, which replaces the state's own when the rule is taken.
    package let assign: AssignTemplate?
    /// `Output` and `Assign` in JSONata, which replace the state's own when the rule is taken.
    package let expressionFlow: ExpressionFlow
    /// `Comment`.
    package let comment: String?

    package init(
        condition: ChoiceCondition,
        next: StateIndex,
        assign: AssignTemplate? = nil,
        expressionFlow: ExpressionFlow = .identity,
        comment: String? = nil
    ) {
        self.condition = condition
        self.next = next
        self.assign = assign
        self.expressionFlow = expressionFlow
        self.comment = comment
    }
}
