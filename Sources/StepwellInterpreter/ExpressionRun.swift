import StepwellHistory
import StepwellJSON
import StepwellJSONata
import StepwellLanguage

/// One evaluation of a field, or of an exit: expressions share the values that they see and the
/// random words.
///
/// It holds what it needs of the execution's state and never the state itself, which could not
/// change in place then.
struct ExpressionRun {
    let seed: UInt64
    private let scope: ExpressionScope
    private let milliseconds: Int64
    private let enteredEventID: EventID
    /// How many expressions were evaluated.
    private var count: UInt64 = 0
    /// Whether expressions and the names of fields are as measured on AWS (revision 7).
    private let isMeasured: Bool
    /// Whether an expression made use of the time or the random words.
    private(set) var hasDrawn = false

    init(
        of state: borrowing ExecutionState,
        after builder: borrowing TransitionBuilder,
        scope: ExpressionScope,
        branch: BranchID
    ) {
        self.scope = scope
        isMeasured = state.semantics >= Semantics.measuredExpressions
        milliseconds = state.lastTime.milliseconds
        enteredEventID = state.branches[branch].enteredEventID
        var stream = state.random(after: builder)
        // An evaluation that fails records no draw: its retry stands at another ordinal and so
        // draws other words.
        seed = stream.word() ^ state.nextOrdinal(after: builder).rawValue
    }

    /// The time of the turn, and random words of its own for each expression.
    private var sources: JSONataSources {
        // An odd number other than SplitMix64's, whose streams would run into one another.
        let own = seed &+ count &* 0xD1B5_4A32_D192_ED03
        return JSONataSources(milliseconds: milliseconds, seed: own)
    }

    /// The way to a part of a field, which is written out when the part fails: keys may be long,
    /// and below each other.
    private indirect enum Place {
        case field(String)
        case member(String, of: Place)
        case element(Int, of: Place)

        /// The place's name: `Output/a[0]`, or without brackets `Output/a/0`.
        func text(inBrackets: Bool) -> String {
            var parts: [String] = []
            var place = self
            while true {
                switch place {
                case .field(let name):
                    parts.append(name)
                    return parts.reversed().joined()
                case .member(let key, let whole):
                    parts.append("/" + key)
                    place = whole
                case .element(let index, let whole):
                    parts.append(inBrackets ? "[\(index)]" : "/\(index)")
                    place = whole
                }
            }
        }
    }

    /// A place's name, as causes and `EvaluationFailed` have it.
    private func name(_ place: Place) -> String { place.text(inBrackets: isMeasured) }

    /// The value of a field; what failed in it is named below `field`.
    mutating func value(
        of template: ExpressionTemplate,
        at field: String,
        spending budget: inout DecisionBudget
    ) throws(StateFailure) -> JSONValue {
        try value(of: template, at: .field(field), spending: &budget)
    }

    private mutating func value(
        of template: ExpressionTemplate,
        at field: Place,
        spending budget: inout DecisionBudget
    ) throws(StateFailure) -> JSONValue {
        switch template {
        case .literal(let value): return value
        case .expression(let expression):
            return try value(of: expression, at: field, spending: &budget)
        case .array(let items):
            var values: [JSONValue] = []
            for (index, item) in items.enumerated() {
                let place = Place.element(index, of: field)
                values.append(try value(of: item, at: place, spending: &budget))
            }
            return .array(values)
        case .object(let members):
            var object = JSONObject()
            for member in members {
                let place = Place.member(member.key, of: field)
                object[member.key] = try value(of: member.value, at: place, spending: &budget)
            }
            return .object(object)
        }
    }

    private mutating func value(
        of expression: StateExpression,
        at field: Place,
        spending budget: inout DecisionBudget
    ) throws(StateFailure) -> JSONValue {
        let outcome = try outcome(of: expression, at: field, spending: &budget)
        count += 1
        if outcome.drewFromSources { hasDrawn = true }
        guard !outcome.isFunction else {
            let problem = Causes.unsupportedResult(expression.shown, field: name(field))
            throw failure(problem, field)
        }
        guard let value = outcome.value else {
            let problem = Causes.undefinedResult(expression.shown, field: name(field))
            throw failure(problem, field)
        }
        return value
    }

    private func outcome(
        of expression: StateExpression,
        at field: Place,
        spending budget: inout DecisionBudget
    ) throws(StateFailure) -> JSONataOutcome {
        let compiled: JSONataExpression
        switch expression.compiled {
        case .success(let expression): compiled = expression
        case .failure(let error): throw failure(error, in: expression, field)
        }
        let bindings: [ExpressionScope.Binding]
        do throws(JSONParseError) {
            let names = compiled.mentionedVariables
            bindings = try scope.bindings(for: expression, mentioning: names, spending: &budget)
        } catch {
            throw .runtime(
                Causes.notJSON(error.reason),
                in: scope.context.stateName,
                enteredAt: enteredEventID
            )
        }
        do throws(JSONataError) {
            return try budget.withExpression { (budget) throws(JSONataError) in
                try compiled.evaluate(
                    nil,
                    bindings: bindings,
                    sources: sources,
                    spending: &budget,
                    revision: isMeasured ? .measured : .first
                )
            }
        } catch {
            throw failure(error, in: expression, field)
        }
    }

    private func failure(
        _ error: JSONataError,
        in expression: StateExpression,
        _ field: Place
    ) -> StateFailure {
        // AWS gives the bounds that an evaluation meets no code.
        let isBare = isMeasured && error.code == DecisionBudget.exceeded
        let reason = isBare ? ": \(error.message)" : ". \(error.code): \(error.message)"
        let problem = Causes.evaluationThrew(expression.shown, field: name(field), reason)
        return failure(problem, field)
    }

    private func failure(_ problem: String, _ field: Place) -> StateFailure {
        .evaluation(
            problem,
            field: name(field),
            of: scope.context.stateName,
            enteredAt: enteredEventID
        )
    }
}
