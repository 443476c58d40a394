import StepwellHistory
import StepwellJSON
import StepwellJSONata
import StepwellLanguage

/// The fields of JSONata states: every expression is evaluated on the values from before the state
/// and fails as `States.QueryEvaluationError`, which `EvaluationFailed` records.
extension ExecutionState {
    /// What a branch's current state lets its expressions see.
    func expressionScope(
        of id: BranchID,
        result: Payload? = nil,
        errorOutput: Payload? = nil,
        item: ContextSource.MapItem? = nil,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> ExpressionScope {
        if semantics < Semantics.decisionBudgets {
            // Before, what no expression looks at could fail it.
            _ = try rawInput(of: id, into: &builder)
            for payload in [result, errorOutput].compactMap(\.self) {
                _ = try value(of: payload, in: id, into: &builder)
            }
        }
        return ExpressionScope(
            input: branches[id].input,
            result: result,
            errorOutput: errorOutput,
            context: contextSource(of: id, item: item),
            variables: visibleVariables(from: id)
        )
    }

    /// The value of a field that may hold expressions anywhere; draws are recorded.
    func evaluate(
        _ template: ExpressionTemplate,
        field: String,
        in scope: @autoclosure () throws(StateFailure) -> ExpressionScope,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        if let literal = template.literal { return literal }
        var run = try ExpressionRun(of: self, after: builder, scope: scope(), branch: id)
        let value = try run.value(of: template, at: field, spending: &builder.decision)
        recordDraws(run.hasDrawn ? run.seed : nil, on: id, into: &builder)
        return value
    }

    /// A field that is one expression.
    func evaluate(
        _ expression: StateExpression,
        field: String,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        let scope = try expressionScope(of: id, into: &builder)
        let template = ExpressionTemplate.expression(expression)
        return try evaluate(template, field: field, in: scope, on: id, into: &builder)
    }

    /// A field that gives a whole number from `range`.
    func integer(
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
        if semantics >= Semantics.measuredExpressions, number.integer == nil {
            let problem = Causes.notAWholeNumber(field: field, value: number.text)
            throw evaluationFailure(problem, field: field, isParsed: true, in: id)
        }
        guard let integer = number.integer, range.contains(integer) else {
            let problem = Causes.outOfRange(field: field, value: number.text, range)
            throw evaluationFailure(problem, field: field, isParsed: true, in: id)
        }
        return integer
    }

    /// A field that gives a string.
    func string(
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
    func boolean(
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

    /// The name of a rule or catcher in a field: `Choices[1]`, and before revision 7 `Choices/1`.
    func ruleField(_ field: String, _ index: Int) -> String {
        semantics >= Semantics.measuredExpressions ? "\(field)[\(index)]" : "\(field)/\(index)"
    }

    /// What the names of the fields of a rule or catcher begin with; nothing before revision 7.
    func flowPrefix(_ field: String, _ index: Int) -> String {
        semantics >= Semantics.measuredExpressions ? ruleField(field, index) + "/" : ""
    }

    /// `…StateExited` of a JSONata state: Assign and Output, both on the values from before.
    ///
    /// `prefix` is what the names of their fields begin with.
    func exit(
        _ id: BranchID,
        by flow: ExpressionFlow,
        under prefix: String = "",
        result: Payload? = nil,
        errorOutput: Payload? = nil,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        guard flow.output != nil || !flow.assign.isEmpty else {
            let output = errorOutput ?? result ?? branches[id].input
            return try recordExit(of: id, output: output, assigned: [], into: &builder)
        }
        let scope = try expressionScope(
            of: id,
            result: result,
            errorOutput: errorOutput,
            into: &builder
        )
        let exit = try evaluate(flow, under: prefix, in: scope, on: id, into: &builder)
        recordDraws(exit.drawn, on: id, into: &builder)
        let output = exit.output ?? errorOutput ?? result ?? branches[id].input
        try recordExit(of: id, output: output, assigned: exit.assigned, into: &builder)
    }

    /// The values of Assign and Output, and the seed of what they drew.
    private func evaluate(
        _ flow: ExpressionFlow,
        under prefix: String,
        in scope: ExpressionScope,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> (assigned: [AssignedVariable], output: Payload?, drawn: UInt64?) {
        var run = ExpressionRun(of: self, after: builder, scope: scope, branch: id)
        var assigned: [AssignedVariable] = []
        for assignment in flow.assign {
            let value = try run.value(
                of: assignment.value,
                at: "\(prefix)Assign/\(assignment.name)",
                spending: &builder.decision
            )
            let payload = try payload(value, in: id, into: &builder)
            assigned.append(AssignedVariable(name: assignment.name, value: payload))
        }
        var output: Payload?
        if let template = flow.output {
            let value = try run.value(
                of: template,
                at: prefix + "Output",
                spending: &builder.decision
            )
            output = try payload(value, in: id, into: &builder)
        }
        return (assigned, output, run.hasDrawn ? run.seed : nil)
    }

    private func recordDraws(
        _ seed: UInt64?,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        guard let seed else { return }
        emit(.engine(.randomDrawn(.jsonata, value: String(seed))), on: id, into: &builder)
    }

    /// `States.QueryEvaluationError` of a field, with the way to what failed in it (such as
    /// `Output/total`); `isParsed` when the expression had a value that cannot be used.
    func evaluationFailure(
        _ problem: String,
        field: String?,
        isParsed: Bool = false,
        in id: BranchID
    ) -> StateFailure {
        .evaluation(
            problem,
            field: field,
            isParsed: isParsed,
            of: definition[branches[id].state].name,
            enteredAt: branches[id].enteredEventID
        )
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
    func recordEvaluationFailure(
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
        guard branches[id].children == nil, !isRetried(error, on: id), !hasEnded(id),
            hasRoomForEvent(after: builder)
        else { return }
        // Below the event before, which the branch has not taken yet.
        let failed = lastEventID(after: builder)
        switch state.kind {
        case .map: emit(event: .mapStateFailed, on: id, below: failed, into: &builder)
        case .parallel: emit(event: .parallelStateFailed, on: id, below: failed, into: &builder)
        default: return
        }
    }
}

extension ExecutionState {
    /// Whether a branch's Map or Parallel state has ended already: its catcher is at work, or what
    /// comes after its success.
    private func hasEnded(_ id: BranchID) -> Bool {
        switch branches[id].phase {
        case .caught: semantics >= Semantics.containersFailOnce
        case .resulted: semantics >= Semantics.containersEndOnce
        case .entering, .entered, .chosen, .waiting, .waited, .working, .joining, .collected,
            .failed, .ended, .aborted:
            false
        }
    }

    /// Whether the history can take another event before the one that ends the execution.
    private func hasRoomForEvent(after builder: borrowing TransitionBuilder) -> Bool {
        guard semantics >= Semantics.endIsLast, let limits = start?.limits else { return true }
        return lastEventID(after: builder) + 1 < limits.historyEvents
    }
}

extension StateFailure {
    /// `States.QueryEvaluationError` of a field of a state.
    static func evaluation(
        _ problem: String,
        field: String?,
        isParsed: Bool = false,
        of state: String,
        enteredAt event: EventID
    ) -> StateFailure {
        let cause = Causes.inState(state, enteredAt: event, problem)
        var failure = StateFailure(Failure(error: ErrorName.queryEvaluationError, cause: cause))
        failure.evaluation = EvaluationProblem(location: field, isParsed: isParsed)
        return failure
    }

    /// `States.Runtime`: ends the execution, whatever retriers and catchers say.
    static func runtime(
        _ problem: String,
        in state: String,
        enteredAt event: EventID
    ) -> StateFailure {
        let cause = Causes.inState(state, enteredAt: event, problem)
        return StateFailure(Failure(error: ErrorName.runtime, cause: cause), kind: .fatal)
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
