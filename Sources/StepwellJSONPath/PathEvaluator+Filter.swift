import StepwellJSON

extension PathEvaluator {
    /// Whether `value` fulfils a condition; a path that leads nowhere is undefined, not an error.
    mutating func accepts(
        _ condition: FilterExpression,
        _ value: JSONValue,
        _ depth: Int
    ) throws(JSONPathError) -> Bool {
        try spend()
        switch condition {
        case .and(let terms):
            for term in terms where try !accepts(term, value, depth) {
                return false
            }
            return true
        case .or(let terms):
            for term in terms where try accepts(term, value, depth) {
                return true
            }
            return false
        case .not(.exists(let path)) where dialect == .current:
            // Negated alone, a path leads nowhere when it leads to null (measured); not negated,
            // it is enough that it leads somewhere.
            return try find(path, value, depth) ?? .null == .null
        case .not(let inner):
            return try !accepts(inner, value, depth)
        case .exists(let path):
            return try find(path, value, depth) != nil
        case .comparison(let left, let comparison, let right):
            if case .pattern(let pattern) = right {
                return try matches(pattern, try resolve(left, value, depth))
            }
            if case .pattern(let pattern) = left {
                return try matches(pattern, try resolve(right, value, depth))
            }
            let leftValue = try resolve(left, value, depth)
            let rightValue = try resolve(right, value, depth)
            try pay(for: leftValue, rightValue)
            return FilterComparison.holds(comparison, leftValue, rightValue)
        }
    }

    private mutating func pay(
        for left: JSONValue?,
        _ right: JSONValue?
    ) throws(JSONPathError) {
        guard let left, let right else { return }
        guard budget.charge(left, comparing: true), budget.charge(right, comparing: true) else {
            throw .budgetExhausted
        }
        if case .array(let lefts) = left, case .array(let rights) = right {
            try spend(lefts.count * rights.count)
        }
    }

    private mutating func resolve(
        _ operand: FilterOperand,
        _ value: JSONValue,
        _ depth: Int
    ) throws(JSONPathError) -> JSONValue? {
        switch operand {
        case .value(let literal): literal
        case .path(let path): try find(path, value, depth)
        case .pattern: nil
        }
    }

    /// The value of a path inside a filter or an argument list, or `nil` when it is undefined.
    mutating func find(
        _ path: FilterPath,
        _ value: JSONValue,
        _ depth: Int
    ) throws(JSONPathError) -> JSONValue? {
        let start = path.isRelative ? value : document
        do {
            return try evaluate(path.segments, on: start, depth: depth)
        } catch {
            if error.isNotFound { return nil }
            if case .functionFailed = error { return nil }
            throw error
        }
    }

    private mutating func matches(
        _ pattern: PatternProgram,
        _ value: JSONValue?
    ) throws(JSONPathError) -> Bool {
        guard case .array(let items)? = value else {
            return try matches(pattern, matched(value))
        }
        for item in items where try matches(pattern, matched(item)) {
            return true
        }
        return false
    }

    /// The text that a pattern is tried on: what is no string, number or boolean is an empty one
    /// (Jayway's RegexpEvaluator).
    private func matched(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text): text
        case .number(let number): JavaText.text(of: number)
        case .bool(let flag): flag ? "true" : "false"
        case .null, .object, .array, nil: ""
        }
    }

    private mutating func matches(
        _ pattern: PatternProgram,
        _ text: String
    ) throws(JSONPathError) -> Bool {
        guard let matches = pattern.matches(text, budget: &budget) else { throw .budgetExhausted }
        return matches
    }
}
