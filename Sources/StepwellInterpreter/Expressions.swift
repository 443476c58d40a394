import StepwellHistory
import StepwellJSON
import StepwellJSONata
import StepwellLanguage

/// The fields of JSONata states: every expression is evaluated on the values from before the state
/// and fails as `States.QueryEvaluationError`, which `EvaluationFailed` records.
extension ExecutionState {
    /// What a branch's current state lets its expressions see.
    mutating func expressionScope(
        of id: BranchID,
        result: Payload? = nil,
        errorOutput: Payload? = nil,
        item: ContextSource.MapItem? = nil
    ) throws(StateFailure) -> ExpressionScope {
        let input = try rawInput(of: id)
        let evaluation = evaluation(of: id, input: input, item: item)
        var scope = ExpressionScope(
            input: input,
            context: evaluation.context,
            variables: evaluation.variables
        )
        if let result { scope.result = try value(of: result, in: id) }
        if let errorOutput { scope.errorOutput = try value(of: errorOutput, in: id) }
        return scope
    }

    /// The value of a field that may hold expressions anywhere; draws are recorded.
    mutating func evaluate(
        _ template: ExpressionTemplate,
        field: String,
        in scope: @autoclosure () throws(StateFailure) -> ExpressionScope,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        if let literal = template.literal { return literal }
        var run = ExpressionRun(state: self, scope: try scope(), branch: id)
        let value = try run.value(of: template, at: field)
        record(run, on: id, into: &builder)
        return value
    }

    /// A field that is one expression.
    mutating func evaluate(
        _ expression: StateExpression,
        field: String,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        let scope = try expressionScope(of: id)
        let template = ExpressionTemplate.expression(expression)
        return try evaluate(template, field: field, in: scope, on: id, into: &builder)
    }

    /// A field that gives a whole number from `range`.
    mutating func integer(
        _ expression: StateExpression,
        field: String,
        in range: ClosedRange<Int64>,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64 {
        let found = try evaluate(expression, field: field, on: id, into: &builder)
        guard case .number(let number) = found else {
            throw unexpected(found, expected: "number", of: expression, field: field, in: id)
        }
        guard let integer = number.integer, range.contains(integer) else {
            let problem = Causes.outOfRange(field: field, value: number.text, range)
            throw evaluationFailure(problem, field: field, isParsed: true, in: id)
        }
        return integer
    }

    /// A field that gives a string.
    mutating func string(
        _ expression: StateExpression,
        field: String,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> String {
        let found = try evaluate(expression, field: field, on: id, into: &builder)
        guard case .string(let text) = found else {
            throw unexpected(found, expected: "string", of: expression, field: field, in: id)
        }
        return text
    }

    /// A condition of a Choice state.
    mutating func boolean(
        _ expression: StateExpression,
        field: String,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Bool {
        let found = try evaluate(expression, field: field, on: id, into: &builder)
        guard case .bool(let flag) = found else {
            throw unexpected(found, expected: "boolean", of: expression, field: field, in: id)
        }
        return flag
    }

    /// `…StateExited` of a JSONata state: Assign and Output, both on the values from before.
    mutating func exit(
        _ id: BranchID,
        by flow: ExpressionFlow,
        result: Payload? = nil,
        errorOutput: Payload? = nil,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        var output = errorOutput ?? result ?? branches[id].input
        guard flow.output != nil || !flow.assign.isEmpty else {
            return try recordExit(of: id, output: output, assigned: [], into: &builder)
        }
        let scope = try expressionScope(of: id, result: result, errorOutput: errorOutput)
        var run = ExpressionRun(state: self, scope: scope, branch: id)
        var assigned: [AssignedVariable] = []
        for assignment in flow.assign {
            let value = try run.value(of: assignment.value, at: "Assign/\(assignment.name)")
            let payload = try payload(value, in: id)
            assigned.append(AssignedVariable(name: assignment.name, value: payload))
        }
        if let template = flow.output {
            output = try payload(run.value(of: template, at: "Output"), in: id)
        }
        record(run, on: id, into: &builder)
        try recordExit(of: id, output: output, assigned: assigned, into: &builder)
    }

    private mutating func record(
        _ run: ExpressionRun,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        guard run.hasDrawn else { return }
        emit(
            .engine(.randomDrawn(.jsonata, value: String(run.seed))),
            on: id,
            into: &builder
        )
    }

    /// `States.QueryEvaluationError` of a field, with the way to what failed in it (such as
    /// `Output/total`); `isParsed` when the expression had a value that cannot be used.
    func evaluationFailure(
        _ problem: String,
        field: String?,
        isParsed: Bool = false,
        in id: BranchID
    ) -> StateFailure {
        var failure = failure(ErrorName.queryEvaluationError, problem, in: id)
        failure.evaluation = EvaluationProblem(location: field, isParsed: isParsed)
        return failure
    }

    /// An expression gave another type than its field takes.
    func unexpected(
        _ value: JSONValue,
        expected: String,
        of expression: StateExpression,
        field: String,
        in id: BranchID
    ) -> StateFailure {
        let problem = Causes.unexpectedType(
            expression.shown,
            field: field,
            expected: expected,
            found: value.typeName,
            value: JSONWriter.string(value)
        )
        return evaluationFailure(problem, field: field, in: id)
    }

    /// The events of a failed evaluation, before the failure goes its way.
    ///
    /// `EvaluationFailed` hangs below what the state's entry hangs below, unless the expression had
    /// a value; a Map or Parallel state that has not started ends then, unless it is retried.
    mutating func recordEvaluationFailure(
        _ error: StateFailure,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        guard let problem = error.evaluation else { return }
        let state = definition[branches[id].state]
        let details = EvaluationFailedDetails(
            failure: error.failure,
            location: problem.location,
            state: state.name
        )
        let previous = problem.isParsed ? nil : branches[id].beforeEntryEventID
        emit(event: .evaluationFailed(details), on: id, below: previous, into: &builder)
        guard branches[id].children == nil, !isRetried(error, on: id), !hasFailed(id) else {
            return
        }
        switch state.kind {
        case .map: emit(event: .mapStateFailed, on: id, into: &builder)
        case .parallel: emit(event: .parallelStateFailed, on: id, into: &builder)
        default: return
        }
    }
}

extension ExecutionState {
    /// Whether a branch's Map or Parallel state has failed already: its catcher is at work.
    private func hasFailed(_ id: BranchID) -> Bool {
        guard semantics >= Semantics.containersFailOnce, case .caught = branches[id].phase else {
            return false
        }
        return true
    }
}

/// One evaluation of a field: expressions share the values that they see and the random words.
private struct ExpressionRun {
    let state: ExecutionState
    let branch: BranchID
    let seed: UInt64
    private let bindings: [(name: String, value: JSONValue)]
    /// How many expressions were evaluated.
    private var count: UInt64 = 0
    /// Whether an expression made use of the time or the random words.
    private(set) var hasDrawn = false

    init(state: ExecutionState, scope: ExpressionScope, branch: BranchID) {
        self.state = state
        self.branch = branch
        bindings = scope.bindings
        var stream = state.random
        // An evaluation that fails records no draw: its retry stands at another ordinal and so
        // draws other words.
        seed = stream.word() ^ state.nextOrdinal.rawValue
    }

    /// The time of the turn, and random words of its own for each expression.
    private var sources: JSONataSources {
        // An odd number other than SplitMix64's, whose streams would run into one another.
        let own = seed &+ count &* 0xD1B5_4A32_D192_ED03
        return JSONataSources(milliseconds: state.lastTime.milliseconds, seed: own)
    }

    mutating func value(
        of template: ExpressionTemplate,
        at field: String
    ) throws(StateFailure) -> JSONValue {
        switch template {
        case .literal(let value): return value
        case .expression(let expression): return try value(of: expression, at: field)
        case .array(let items):
            var values: [JSONValue] = []
            for (index, item) in items.enumerated() {
                values.append(try value(of: item, at: "\(field)/\(index)"))
            }
            return .array(values)
        case .object(let members):
            var object = JSONObject()
            for member in members {
                object[member.key] = try value(of: member.value, at: "\(field)/\(member.key)")
            }
            return .object(object)
        }
    }

    private mutating func value(
        of expression: StateExpression,
        at field: String
    ) throws(StateFailure) -> JSONValue {
        let outcome: JSONataOutcome
        do throws(JSONataError) {
            let compiled = try expression.compiled.get()
            outcome = try compiled.evaluate(
                nil,
                bindings: bindings,
                sources: sources,
                budget: .state
            )
        } catch {
            let reason = "\(error.code): \(error.message)"
            throw failure(Causes.evaluationThrew(expression.shown, field: field, reason), field)
        }
        count += 1
        if outcome.drewFromSources { hasDrawn = true }
        guard !outcome.isFunction else {
            throw failure(Causes.unsupportedResult(expression.shown, field: field), field)
        }
        guard let value = outcome.value else {
            throw failure(Causes.undefinedResult(expression.shown, field: field), field)
        }
        return value
    }

    private func failure(_ problem: String, _ field: String) -> StateFailure {
        state.evaluationFailure(problem, field: field, in: branch)
    }
}

extension JSONValue {
    /// The type's name in causes.
    fileprivate var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
