import StepwellJSON
import StepwellLanguage

/// The condition of a Choice's rule in words: `$.total > 100 and $.region = "eu"`.
struct ConditionWords {
    /// The words.
    let text: String
    /// Whether it consists of several, so that it stands in parentheses inside others.
    private let isCompound: Bool

    /// Reads a rule, or a condition inside one.
    init(_ rule: JSONObject) {
        self.init(rule, depth: 0)
    }

    private init(_ rule: JSONObject, depth: Int) {
        guard depth < 32 else {
            (text, isCompound) = ("\u{2026}", false)
            return
        }
        if let condition = rule["Condition"] {
            (text, isCompound) = (Self.expression(condition), true)
        } else if let all = rule["And"]?.items {
            (text, isCompound) = (Self.joined(all, " and ", depth: depth), all.count > 1)
        } else if let any = rule["Or"]?.items {
            (text, isCompound) = (Self.joined(any, " or ", depth: depth), any.count > 1)
        } else if let inner = rule["Not"]?.members {
            (text, isCompound) = (Self.negated(inner, depth: depth), false)
        } else {
            (text, isCompound) = (Self.comparison(rule, isNegated: false) ?? "?", false)
        }
    }

    private static func expression(_ condition: JSONValue) -> String {
        guard let source = condition.text else { return JSONWriter.string(condition) }
        var text = source.utf8[...]
        if text.starts(with: "{%".utf8) { text = text.dropFirst(2) }
        if text.suffix(2).elementsEqual("%}".utf8) { text = text.dropLast(2) }
        let words = text.split { $0 <= 0x20 }.map { String(Substring($0)) }
        return words.joined(separator: " ")
    }

    private static func joined(_ rules: [JSONValue], _ word: String, depth: Int) -> String {
        rules.map { rule in
            guard let rule = rule.members else { return "?" }
            let words = ConditionWords(rule, depth: depth + 1)
            return words.isCompound ? "(\(words.text))" : words.text
        }.joined(separator: word)
    }

    private static func negated(_ rule: JSONObject, depth: Int) -> String {
        if let words = comparison(rule, isNegated: true) { return words }
        return "not (\(ConditionWords(rule, depth: depth + 1).text))"
    }

    /// A comparison; nil when it is none, or its negation has no shorter words than `not (…)`.
    private static func comparison(_ rule: JSONObject, isNegated: Bool) -> String? {
        guard let variable = rule["Variable"]?.text else { return nil }
        for (key, value) in rule {
            let isPath = key.utf8.suffix(4).elementsEqual("Path".utf8)
            let name = isPath ? String(Substring(key.utf8.dropLast(4))) : key
            guard let comparison = ComparisonOperator(rawValue: name) else { continue }
            let operand = isPath ? value.text ?? "?" : JSONWriter.string(value)
            let isTrue = (value != .bool(false)) != isNegated
            guard let words = words(comparison, operand, isTrue: isTrue, isNegated: isNegated)
            else { return nil }
            return "\(variable) \(words)"
        }
        return isNegated ? nil : "\(variable) ?"
    }

    private static func words(
        _ comparison: ComparisonOperator,
        _ operand: String,
        isTrue: Bool,
        isNegated: Bool
    ) -> String? {
        let not = isTrue ? "" : "not "
        switch comparison {
        case .stringEquals, .numericEquals, .timestampEquals:
            return isNegated ? "\u{2260} \(operand)" : "= \(operand)"
        case .stringMatches: return isNegated ? "is not like \(operand)" : "is like \(operand)"
        case .isNull: return "is \(not)null"
        case .isPresent: return "is \(not)present"
        case .isNumeric: return "is \(not)a number"
        case .isString: return "is \(not)a string"
        case .isBoolean: return "is \(not)a boolean"
        case .isTimestamp: return "is \(not)a timestamp"
        case .booleanEquals: return isNegated ? "is not \(operand)" : "is \(operand)"
        case .stringLessThan, .numericLessThan:
            return isNegated ? nil : "< \(operand)"
        case .stringGreaterThan, .numericGreaterThan:
            return isNegated ? nil : "> \(operand)"
        case .stringLessThanEquals, .numericLessThanEquals:
            return isNegated ? nil : "\u{2264} \(operand)"
        case .stringGreaterThanEquals, .numericGreaterThanEquals:
            return isNegated ? nil : "\u{2265} \(operand)"
        case .timestampLessThan: return isNegated ? nil : "before \(operand)"
        case .timestampGreaterThan: return isNegated ? nil : "after \(operand)"
        case .timestampLessThanEquals: return isNegated ? nil : "not after \(operand)"
        case .timestampGreaterThanEquals: return isNegated ? nil : "not before \(operand)"
        }
    }
}
