/// An operator of a condition.
package enum PolicyComparison: String, Sendable, Hashable, CaseIterable {
    case stringEquals = "StringEquals"
    case stringNotEquals = "StringNotEquals"
    case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
    case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
    case stringLike = "StringLike"
    case stringNotLike = "StringNotLike"
    case arnEquals = "ArnEquals"
    case arnNotEquals = "ArnNotEquals"
    case arnLike = "ArnLike"
    case arnNotLike = "ArnNotLike"
    case numericEquals = "NumericEquals"
    case numericNotEquals = "NumericNotEquals"
    case numericLessThan = "NumericLessThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThan = "NumericGreaterThan"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case bool = "Bool"
    case null = "Null"

    /// Whether it holds where nothing fits.
    var isNegated: Bool {
        switch self {
        case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .arnNotEquals,
            .arnNotLike, .numericNotEquals:
            true
        case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnEquals, .arnLike,
            .numericEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan,
            .numericGreaterThanEquals, .bool, .null:
            false
        }
    }

    /// Whether a value of the request stands so to the values of the policy.
    func holds(_ value: String, _ wanted: [String]) -> Bool {
        wanted.contains { fits(value, $0) } != isNegated
    }

    private func fits(_ value: String, _ wanted: String) -> Bool {
        switch self {
        case .stringEquals, .stringNotEquals:
            value.utf8.elementsEqual(Self.plain(wanted).utf8)
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase, .bool:
            value.lowercased() == Self.plain(wanted).lowercased()
        case .stringLike, .stringNotLike:
            PolicyPattern(wanted).matches(value)
        case .arnEquals, .arnNotEquals, .arnLike, .arnNotLike:
            Self.isARN(value, like: wanted)
        case .numericEquals, .numericNotEquals: compare(value, wanted) { $0 == $1 }
        case .numericLessThan: compare(value, wanted) { $0 < $1 }
        case .numericLessThanEquals: compare(value, wanted) { $0 <= $1 }
        case .numericGreaterThan: compare(value, wanted) { $0 > $1 }
        case .numericGreaterThanEquals: compare(value, wanted) { $0 >= $1 }
        case .null: false
        }
    }

    private func compare(
        _ left: String,
        _ right: String,
        _ holds: (Double, Double) -> Bool
    ) -> Bool {
        guard let left = Double(left), let right = Double(right) else { return false }
        return holds(left, right)
    }

    /// The six parts of ARNs are compared one by one, so that a `*` does not reach over a colon.
    private static func isARN(_ value: String, like pattern: String) -> Bool {
        let values = value.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let patterns = pattern.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard values.count == 6, patterns.count == 6 else {
            return pattern == "*"
        }
        return zip(values, patterns).allSatisfy { PolicyPattern(String($1)).matches(String($0)) }
    }

    /// The text that an exact comparison means, without the escapes of patterns.
    private static func plain(_ text: String) -> String {
        text.replacing("${*}", with: "*").replacing("${?}", with: "?").replacing("${$}", with: "$")
    }
}
