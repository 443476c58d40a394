/// A condition of a statement: an operator, a key, and the values that it is compared with.
///
/// As IAM has it: the values are alternatives, for operators that negate none of them may fit; a
/// key that the request does not have fits only what is negated, `…IfExists` and `Null`.
package struct PolicyCondition: Sendable, Hashable {
    /// How several values of a request's key are taken.
    package enum Quantifier: String, Sendable, Hashable {
        /// Every value has to fit; none is enough.
        case all = "ForAllValues"
        /// One value has to fit.
        case any = "ForAnyValue"
    }

    package var comparison: PolicyComparison
    package var quantifier: Quantifier?
    /// Whether a key that the request does not have fits.
    package var ifExists: Bool
    /// The key, in lower case.
    package var key: String
    package var values: [String]

    package init(
        _ comparison: PolicyComparison,
        key: String,
        values: [String],
        quantifier: Quantifier? = nil,
        ifExists: Bool = false
    ) {
        self.comparison = comparison
        self.quantifier = quantifier
        self.ifExists = ifExists
        self.key = key
        self.values = values
    }

    /// Whether it holds for a request with these values of keys.
    package func holds(for context: [String: [String]]) -> Bool {
        let found = context[key] ?? []
        if comparison == .null {
            return values.contains { $0.lowercased() == (found.isEmpty ? "true" : "false") }
        }
        let wanted = values.compactMap { PolicyVariables.fill($0, from: context) }
        if found.isEmpty { return ifExists || quantifier == .all || isTrueWithoutKey }
        let fits = { (value: String) in comparison.holds(value, wanted) }
        switch quantifier {
        case .all: return found.allSatisfy(fits)
        case .any: return found.contains(where: fits)
        case nil:
            // Several values without a quantifier: as `ForAnyValue`, negated as `ForAllValues`.
            return comparison.isNegated ? found.allSatisfy(fits) : found.contains(where: fits)
        }
    }

    private var isTrueWithoutKey: Bool { comparison.isNegated && quantifier != .any }
}
