import StepwellHistory
import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

/// The JSONPath payload pipeline: InputPath, Parameters, ResultSelector, ResultPath, OutputPath
/// and Assign (ASL specification, "Input and output processing").
///
/// A payload that a stage passes on unchanged keeps its text and its place in the log.
extension ExecutionState {
    /// The scope in which the fields of a branch's current state are evaluated.
    func evaluation(
        of id: BranchID,
        input: JSONValue,
        item: ContextSource.MapItem? = nil
    ) -> Evaluation {
        Evaluation(
            input: input,
            contextSource: contextSource(of: id, item: item),
            variables: visibleVariables(from: id),
            dialect: dialect
        )
    }

    /// How the execution's paths and what is made of them are read.
    var dialect: PathDialect {
        semantics >= Semantics.currentDialect ? .current : .first
    }

    /// What the context object of a branch's current state is made from.
    func contextSource(of id: BranchID, item: ContextSource.MapItem? = nil) -> ContextSource {
        let state = definition[branches[id].state]
        let isTask = if case .task = state.kind { true } else { false }
        return ContextSource(
            start: start,
            startTime: startTime,
            redriveCount: redriveCount,
            redriveTime: redriveDate,
            stateName: state.name,
            enteredTime: branches[id].enteredTime,
            retryCount: isTask ? branches[id].retries.total : nil,
            taskToken: branches[id].token.map(taskToken),
            mapItem: item ?? mapItem(of: id),
            hasItemSource: hasItemSource(of: id),
            orderIsRecorded: dialect == .current,
            given: trial?.context
        )
    }

    /// Whether the items of a branch's current state say where they come from: those of a Map Run
    /// do (recorded), which are seen from its Map state alone.
    private func hasItemSource(of id: BranchID) -> Bool {
        guard semantics >= Semantics.itemSourceOfMapRuns else {
            return semantics >= Semantics.itemSource
        }
        return isDistributedMap(id)
    }

    /// Variables of the branch and of the scopes around it.
    func visibleVariables(from id: BranchID) -> VisibleVariables {
        var scopes: [VariableScope] = []
        var next: BranchID? = id
        while let id = next {
            if !branches[id].scope.all.isEmpty { scopes.append(branches[id].scope) }
            next = branches[id].parent
        }
        return VisibleVariables(scopes)
    }

    private func mapItem(of id: BranchID) -> ContextSource.MapItem? {
        var current = id
        while let parent = branches[current].parent {
            if case .iteration(let index) = branches[current].role,
                let item = branches[parent].children?.items?.item(at: index)
            {
                return item
            }
            current = parent
        }
        return nil
    }

    /// The parsed raw input of a branch's state; the parse is kept.
    func rawInput(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        do throws(JSONParseError) {
            return try parse(branches[id].input, into: &builder)
        } catch {
            throw runtimeFailure("The state's input is not valid JSON: \(error.reason)", in: id)
        }
    }

    /// InputPath: what the state works on.
    func effectiveInput(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        // A JSONata state has no InputPath: its input is whole.
        let state = definition[branches[id].state]
        return try apply(state.inputPath, to: branches[id].input, in: id, into: &builder)
    }

    /// The value of the effective input: what a plain path leads to is not written out.
    func effectiveValue(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        guard case .path(let path) = definition[branches[id].state].inputPath, path.isPartOfInput
        else {
            return try value(of: effectiveInput(of: id, into: &builder), in: id, into: &builder)
        }
        let input = try value(of: branches[id].input, in: id, into: &builder)
        return try evaluate(path, in: evaluation(of: id, input: input), branch: id, into: &builder)
    }

    /// InputPath or OutputPath.
    func apply(
        _ field: PathField,
        to payload: Payload,
        in id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        switch field {
        case .identity: return payload
        case .null: return Payload(.object(JSONObject()))
        case .path(let path):
            let input = try value(of: payload, in: id, into: &builder)
            let scope = evaluation(of: id, input: input)
            let found = try evaluate(path, in: scope, branch: id, into: &builder)
            return try self.payload(found, in: id, into: &builder)
        }
    }

    /// A path whose failure AWS words "Invalid path '…' : …".
    func evaluate(
        _ path: JSONPath,
        in scope: Evaluation,
        branch id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        do throws(JSONPathError) {
            return try builder.decision.withPaths { (budget) throws(JSONPathError) in
                try path.evaluate(in: scope, budget: &budget)
            }
        } catch {
            // AWS says of null alone what it says everywhere.
            let isNull = error == .nullInput
            let cause = isNull ? error.reason : Causes.invalidPath(path.text, error.reason)
            throw runtimeFailure(cause, in: id)
        }
    }

    /// The value of a payload that is not the branch's input.
    func value(
        of payload: Payload,
        in id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        do throws(JSONParseError) {
            return try parse(payload, into: &builder)
        } catch {
            throw runtimeFailure(Causes.notJSON(error.reason), in: id)
        }
    }

    /// The value of a payload, whose first parse the turn pays for.
    private func parse(
        _ payload: Payload,
        into builder: inout TransitionBuilder
    ) throws(JSONParseError) -> JSONValue {
        if let parsed = payload.parsed { return parsed }
        builder.decision.charge(parsing: payload.text.count)
        return try payload.value()
    }

    /// Parameters, ResultSelector or Credentials; draws are recorded.
    func evaluate(
        _ template: PayloadTemplate,
        input: Payload,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        if let literal = template.literal { return literal }
        let given = try value(of: input, in: id, into: &builder)
        return try evaluate(template, value: given, text: input.string, on: id, into: &builder)
    }

    /// A template with the value of `$`, whose text is for the cause of a failure.
    func evaluate(
        _ template: PayloadTemplate,
        value given: JSONValue,
        text: @autoclosure () -> String,
        item: ContextSource.MapItem? = nil,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        if let literal = template.literal { return literal }
        let scope = evaluation(of: id, input: given, item: item)
        var draws = Draws(stream: random(after: builder))
        let value: JSONValue
        do throws(TemplateError) {
            value = try builder.decision.withPaths { (budget) throws(TemplateError) in
                try template.evaluate(in: scope, entropy: &draws, budget: &budget)
            }
        } catch {
            throw templateFailure(error, input: text(), in: id)
        }
        record(draws, on: id, into: &builder)
        return value
    }

    /// Records what an evaluation drew, in order, before the event that shows it.
    func record(
        _ draws: Draws,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        for draw in draws.drawn {
            emit(.engine(.randomDrawn(draw.purpose, value: draw.value)), on: id, into: &builder)
        }
    }

    /// Assign: the variables with their values; draws are recorded.
    func evaluate(
        _ assign: AssignTemplate,
        input: Payload,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> [AssignedVariable] {
        let scope = evaluation(of: id, input: try value(of: input, in: id, into: &builder))
        var draws = Draws(stream: random(after: builder))
        let values: [AssignTemplate.Assignment]
        do throws(TemplateError) {
            values = try builder.decision.withPaths { (budget) throws(TemplateError) in
                try assign.evaluate(in: scope, entropy: &draws, budget: &budget)
            }
        } catch {
            throw templateFailure(error, input: input.string, in: id)
        }
        record(draws, on: id, into: &builder)
        var assigned: [AssignedVariable] = []
        for value in values {
            let payload = try payload(value.value, in: id, into: &builder)
            assigned.append(AssignedVariable(name: value.name, value: payload))
        }
        return assigned
    }

    /// A single path or intrinsic function, such as ErrorPath; draws are recorded.
    func evaluate(
        _ expression: PathExpression,
        field: String,
        input: Payload,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        let scope = evaluation(of: id, input: try value(of: input, in: id, into: &builder))
        var draws = Draws(stream: random(after: builder))
        let value: JSONValue
        do throws(PathExpressionError) {
            value = try builder.decision.withPaths { (budget) throws(PathExpressionError) in
                try expression.evaluate(in: scope, entropy: &draws, budget: &budget)
            }
        } catch {
            let failure = TemplateError(field: field, expression: expression.text, reason: error)
            throw templateFailure(failure, input: input.string, in: id)
        }
        record(draws, on: id, into: &builder)
        return value
    }

    private func templateFailure(
        _ error: TemplateError,
        input: String,
        in id: BranchID
    ) -> StateFailure {
        let cause = error.cause(input: input)
        return error.errorName == ErrorName.runtime
            ? runtimeFailure(cause, in: id) : failure(error.errorName, cause, in: id)
    }

    /// ResultSelector, ResultPath and OutputPath: the output of a state with this result.
    func output(
        result: Payload,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        let state = definition[branches[id].state]
        var result = result
        if let selector = state.resultSelector {
            let selected = try evaluate(selector, input: result, on: id, into: &builder)
            result = try payload(selected, in: id, into: &builder)
        }
        inspect(.afterResultSelector, result, of: id, into: &builder)
        let combined = try combine(result, into: id, at: state.resultPath, &builder)
        inspect(.afterResultPath, combined, of: id, into: &builder)
        return try apply(state.outputPath, to: combined, in: id, into: &builder)
    }

    /// ResultPath: the raw input with the result put in.
    func combine(
        _ result: Payload,
        into id: BranchID,
        at field: ResultPathField,
        _ builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        switch field {
        case .replace: return result
        case .discard: return branches[id].input
        case .path(let path):
            let input = try rawInput(of: id, into: &builder)
            let value = try value(of: result, in: id, into: &builder)
            let combined: JSONValue
            do {
                combined = try path.write(value, into: input)
            } catch {
                guard dialect == .current else {
                    throw failure(ErrorName.resultPathMatchFailure, error.firstReason, in: id)
                }
                throw failure(ErrorName.referencePathConflict, error.reason, in: id)
            }
            return try payload(combined, in: id, into: &builder)
        }
    }

    /// `States.Runtime`: ends the execution, whatever retriers and catchers say.
    func runtimeFailure(_ problem: String, in id: BranchID) -> StateFailure {
        .runtime(
            problem,
            in: definition[branches[id].state].name,
            enteredAt: branches[id].enteredEventID
        )
    }

    /// A failure with AWS's preamble that names the state.
    func failure(_ error: String, _ problem: String, in id: BranchID) -> StateFailure {
        let name = definition[branches[id].state].name
        let cause = Causes.inState(name, enteredAt: branches[id].enteredEventID, problem)
        return StateFailure(Failure(error: error, cause: cause))
    }
}
