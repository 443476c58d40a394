/// The own fields of a Choice state.
package struct ChoiceFields: Sendable {
    /// `Choices`, tried in order.
    package let rules: [ChoiceRule]
    /// `Default`; without it a state where no rule holds fails with `States.NoChoiceMatched`.
    package let defaultNext: StateIndex?

    package init(rules: [ChoiceRule], defaultNext: StateIndex?) {
        self.rules = rules
        self.defaultNext = defaultNext
    }
}
