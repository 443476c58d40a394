package import StepwellJSON

/// A compiled path: a root and the steps below it, with the semantics of Jayway's JsonPath as AWS
/// Step Functions uses it.
///
/// A definite path (names and single indices) leads to one value or to an error; an indefinite one
/// (wildcard, slice, union, filter, `..`) to the array of its matches, which may be empty.
package struct JSONPath: Sendable {
    /// What a path starts from.
    package enum Root: Sendable, Equatable {
        /// `$`
        case input
        /// `$$`, the context object
        case context
        /// `$name`, a variable of `Assign`
        case variable(String)
    }

    /// The path as it was written.
    package let text: String
    /// What the path starts from.
    package let root: Root
    /// Whether the path leads to one value (or fails) instead of to an array of matches.
    package let isDefinite: Bool

    let segments: [PathSegment]
    /// Only names and single indices: evaluated by a plain loop.
    let isSimple: Bool

    /// Compiles `text`.
    ///
    /// - Throws: `JSONPathSyntaxError` with the place of the first problem.
    package init(parsing text: String) throws(JSONPathSyntaxError) {
        var parser = PathParser(text)
        let (root, segments) = try parser.parseWhole()
        self.text = text
        self.root = root
        self.segments = segments
        isDefinite = segments.isDefinite
        isSimple = segments.allSatisfy {
            switch $0 {
            case .child, .index: true
            default: false
            }
        }
    }

    /// Whether the path is a root alone (`$`, `$$` or `$name`).
    package var isRoot: Bool { segments.isEmpty }

    /// Whether the path leads, by names and indices alone, to a part of the input.
    package var isPartOfInput: Bool { root == .input && isSimple }

    /// The variables that the path reads, for `variableReferences`.
    package var variables: [String] {
        guard case .variable(let name) = root else { return [] }
        return [name]
    }

    /// Evaluates the path.
    ///
    /// - Returns: The value of a definite path; the array of matches of an indefinite one.
    /// - Throws: `JSONPathError` when a definite path leads nowhere, a variable is not defined or
    ///   the budget is used up.
    package func evaluate(
        in scope: some PathScope,
        budget: inout EvaluationBudget
    ) throws(JSONPathError) -> JSONValue {
        let start: JSONValue
        switch root {
        case .input:
            // AWS transforms no null, not even by `$` alone (measured).
            guard scope.input != .null || scope.dialect == .first else { throw .nullInput }
            start = scope.input
        case .context: start = scope.context
        case .variable(let name):
            guard let value = scope.variable(name) else { throw .undefinedVariable(name: name) }
            start = value
        }
        return try evaluate(on: start, dialect: scope.dialect, budget: &budget)
    }

    /// Evaluates the steps of the path on `start`, whatever root the path names.
    ///
    /// - Throws: As `evaluate(in:budget:)`.
    package func evaluate(
        on start: JSONValue,
        dialect: PathDialect = .current,
        budget: inout EvaluationBudget
    ) throws(JSONPathError) -> JSONValue {
        guard isSimple else {
            var evaluator = PathEvaluator(
                segments: segments,
                document: start,
                dialect: dialect,
                budget: budget
            )
            defer { budget = evaluator.budget }
            return try evaluator.run(on: start, depth: 0)
        }
        var current = start
        for position in segments.indices {
            guard budget.spend(current.lookupSteps) else { throw .budgetExhausted }
            current = try follow(position, from: current)
        }
        return current
    }

    private func follow(
        _ position: Int,
        from current: JSONValue
    ) throws(JSONPathError) -> JSONValue {
        if let next = segments[position].single(in: current) {
            return next
        }
        let failures = PathFailures(segments: segments)
        throw failures.unreachable(at: position, from: current)
    }
}

extension JSONPath: Equatable {
    /// Two paths are equal when they are spelled with the same bytes.
    package static func == (lhs: JSONPath, rhs: JSONPath) -> Bool {
        lhs.text.utf8.elementsEqual(rhs.text.utf8)
    }
}
