/// One element of `Choices`.
package struct ChoiceRule: Sendable {
    /// What has to hold.
    package let condition: ChoiceCondition
    /// `Next`, a state of the same scope.
    package let next: StateIndex
    /// `Assign`, which replaces the state's own when the rule is taken.
    package let assign: AssignTemplate?
    /// `Comment`.
    package let comment: String?

    package init(
        condition: ChoiceCondition,
        next: StateIndex,
        assign: AssignTemplate? = nil,
        comment: String? = nil
    ) {
        self.condition = condition
        self.next = next
        self.assign = assign
        self.comment = comment
    }
}
