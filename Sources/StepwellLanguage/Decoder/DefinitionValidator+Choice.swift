import StepwellJSON
import StepwellJSONPath

extension DefinitionValidator {
    /// Checks `Choices` and `Default`.
    mutating func choices(_ object: JSONObject, at path: DefinitionPath) {
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
            return mismatch("Object", value, path)
        }
        check(
            object,
            against: { DefinitionRules.choiceRule($0, isNested: isNested) },
            at: path
        )
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
        let comparisons = object.keys.filter { ComparisonField($0) != nil }
        let isComparison = !comparisons.isEmpty || object["Variable"] != nil
        guard combined.isEmpty else {
            if combined.count > 1 || isComparison {
                let names = ["And", "Or", "Not", "Variable"]
                findings.error(
                    at: path,
                    AWSMessages.exactlyOne(of: JavaHash.sorted(names)),
                    hint: "Combine several with And."
                )
            }
            return
        }
        if comparisons.count != 1 {
            findings.error(
                at: path,
                AWSMessages.exactlyOne(of: DefinitionRules.comparisons),
                hint: comparisons.isEmpty
                    ? "Add one, such as \"StringEquals\": \"…\"." : "Combine several with And."
            )
        }
        require(["Variable"], of: object, at: path)
    }
}
