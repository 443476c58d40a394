import StepwellJSON

extension DefinitionValidator {
    /// Checks `Choices` and `Default`.
    mutating func choices(_ object: JSONObject, at path: DefinitionPath) {
        if let target = object["Default"]?.string {
            self.target(target, at: path.member("Default"))
        }
        guard let rules = object["Choices"]?.array else { return }
        let list = path.member("Choices")
        if rules.isEmpty {
            findings.error(at: list, AWSMessages.emptyValue, hint: "Add at least one rule.")
        }
        for (index, rule) in rules.enumerated() {
            condition(rule, isNested: false, at: list.item(index))
        }
    }

    /// Checks a rule, or a condition inside one.
    private mutating func condition(_ value: JSONValue, isNested: Bool, at path: DefinitionPath) {
        guard let object = value.object else {
            findings.error(at: path, "A choice rule must be an object, but is \(value.kindName)")
            return
        }
        let rules = DefinitionRules.choiceRule(state.language, isNested: isNested)
        let what = isNested ? "a condition inside a choice rule" : "a choice rule"
        check(object, against: rules, at: path, what: what)
        if !isNested, let next = object["Next"]?.string {
            target(next, at: path.member("Next"))
        }
        guard state.language == .jsonPath else { return }
        combination(of: object, at: path)
        for key in ["And", "Or"] {
            guard let parts = object[key]?.array else { continue }
            let list = path.member(key)
            if parts.isEmpty {
                findings.error(at: list, AWSMessages.emptyValue)
            }
            for (index, part) in parts.enumerated() {
                condition(part, isNested: true, at: list.item(index))
            }
        }
        if let part = object["Not"], part.object != nil {
            condition(part, isNested: true, at: path.member("Not"))
        }
    }

    /// A condition is one combination, or a variable with one operator.
    private mutating func combination(of object: JSONObject, at path: DefinitionPath) {
        let combined = ["And", "Or", "Not"].filter { object[$0] != nil }
        let operators = object.keys.filter { ComparisonField($0) != nil }
        let asked = combined + operators
        if asked.isEmpty {
            findings.error(
                at: path,
                "A choice rule must have a comparison operator, And, Or or Not",
                hint: "Add one, such as \"StringEquals\": \"…\"."
            )
        } else if asked.count > 1 {
            findings.error(
                at: path,
                "Only one of these fields is allowed: [\(asked.joined(separator: ", "))]",
                hint: "Combine several with And."
            )
        }
        if combined.isEmpty, object["Variable"] == nil {
            require(["Variable"], of: object, at: path)
        }
        if !combined.isEmpty, object["Variable"] != nil {
            findings.error(
                at: path.member("Variable"),
                "The field 'Variable' is not supported beside \(combined.joined(separator: ", "))"
            )
        }
    }
}
