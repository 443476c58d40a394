import StepwellJSON
package import StepwellJSONPath

extension Comparison {
    /// Whether the test holds; a value of another kind than the operator's makes it false.
    ///
    /// - Throws: `ChoiceError` when `Variable` (except for `IsPresent`) or the operand's path
    ///   leads nowhere, or the budget is used up.
    package func evaluate(
        in scope: some PathScope,
        budget: inout EvaluationBudget
    ) throws(ChoiceError) -> Bool {
        let value: JSONValue
        do {
            value = try variable.evaluate(in: scope, budget: &budget)
        } catch {
            guard self.operator == .isPresent, error.isNotFound else {
                throw ChoiceError.path(variable.text, reason: error)
            }
            return !expectsTrue
        }
        switch operand {
        case .path(let path):
            let other: JSONValue
            do {
                other = try path.evaluate(in: scope, budget: &budget)
            } catch {
                throw ChoiceError.path(path.text, reason: error)
            }
            if case .number = self.operator.family, scope.dialect == .current {
                return compare(value, with: .number(other.asDouble))
            }
            return compare(value, with: other)
        case .string(let text): return compare(value, with: .string(text))
        case .number(let number): return compare(value, with: .number(number))
        case .timestamp(let timestamp): return compare(value, with: timestamp)
        case .boolean: return compareOrTest(value)
        case .pattern(let pattern):
            guard case .string(let text) = value else { return false }
            guard budget.spend(pattern.cost(of: text)) else {
                throw ChoiceError.path(variable.text, reason: .budgetExhausted)
            }
            return pattern.matches(text)
        }
    }

    private var expectsTrue: Bool {
        guard case .boolean(let expected) = operand else { return true }
        return expected
    }

    private func compareOrTest(_ value: JSONValue) -> Bool {
        switch self.operator {
        case .booleanEquals: compare(value, with: .bool(expectsTrue))
        case .isPresent: expectsTrue
        case .isNull: (value == .null) == expectsTrue
        case .isNumeric: value.isNumber == expectsTrue
        case .isString: value.isString == expectsTrue
        case .isBoolean: value.isBoolean == expectsTrue
        case .isTimestamp: (value.timestamp != nil) == expectsTrue
        default: false
        }
    }

    private func compare(_ value: JSONValue, with timestamp: StatesTimestamp) -> Bool {
        guard case .timestamp(let relation) = self.operator.family, let left = value.timestamp
        else { return false }
        return relation.holds(left.order(to: timestamp))
    }

    private func compare(_ value: JSONValue, with other: JSONValue) -> Bool {
        switch (self.operator.family, value, other) {
        case (.string(let relation), .string(let left), .string(let right)):
            relation.holds(left.utf16Order(to: right))
        case (.number(let relation), .number(let left), .number(let right)):
            relation.holds(left.order(to: right))
        case (.timestamp, _, .string):
            other.timestamp.map { compare(value, with: $0) } ?? false
        case (.boolean, .bool(let left), .bool(let right)):
            left == right
        default: false
        }
    }
}

extension JSONValue {
    /// The number that Jackson's `asDouble` makes of any value, as AWS does of what a comparison's
    /// path leads to.
    ///
    /// A recorder saw `false` and `[6]` taken for numbers below 7 and 8, and
    /// recorded that `Variable` itself has to lead to a number. That text is read as a number is
    /// Jackson's rule and is not seen on AWS, nor whether the paths of other comparisons convert.
    fileprivate var asDouble: JSONNumber {
        switch self {
        case .number(let number): return number
        case .bool(let flag): return JSONNumber(Int64(flag ? 1 : 0))
        case .string(let text):
            let isDecimal = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
            return isDecimal ? Double(text).flatMap(JSONNumber.init(finite:)) ?? .zero : .zero
        case .null, .array, .object: return .zero
        }
    }

    fileprivate var isNumber: Bool {
        if case .number = self { true } else { false }
    }

    fileprivate var isString: Bool {
        if case .string = self { true } else { false }
    }

    fileprivate var isBoolean: Bool {
        if case .bool = self { true } else { false }
    }

    fileprivate var timestamp: StatesTimestamp? {
        guard case .string(let text) = self else { return nil }
        return StatesTimestamp(parsing: text)
    }
}

extension String {
    /// Java's order of strings, which AWS's comparisons follow: by UTF-16 code units.
    fileprivate func utf16Order(to other: String) -> Int {
        if utf8.elementsEqual(other.utf8) { return 0 }
        return utf16.lexicographicallyPrecedes(other.utf16) ? -1 : 1
    }
}

extension JSONNumber {
    fileprivate static var zero: JSONNumber { JSONNumber(Int64(0)) }

    fileprivate func order(to other: JSONNumber) -> Int {
        if let left = integer, let right = other.integer {
            return left == right ? 0 : left < right ? -1 : 1
        }
        return double == other.double ? 0 : double < other.double ? -1 : 1
    }
}
