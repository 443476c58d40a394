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
        let branch = branches[id]
        let state = definition[branch.state]
        let isTask = if case .task = state.kind { true } else { false }
        let source = ContextSource(
            start: start,
            startTime: startTime,
            redriveCount: redriveCount,
            redriveTime: redriveDate,
            stateName: state.name,
            enteredTime: branch.enteredTime,
            retryCount: isTask ? branch.retries.total : nil,
            taskToken: branch.token.map(taskToken),
            mapItem: item ?? mapItem(of: branch),
            hasItemSource: semantics >= Semantics.itemSource,
            given: inspection?.context
        )
        return Evaluation(
            input: input,
            contextSource: source,
            variables: visibleVariables(from: branch)
        )
    }

    /// Variables of the branch and of the scopes around it, the inner ones first.
    private func visibleVariables(from branch: Branch) -> [AssignedVariable] {
        var visible = branch.variables
        var parent = branch.parent
        while let id = parent {
            visible += branches[id].variables
            parent = branches[id].parent
        }
        return visible
    }

    private func mapItem(of branch: Branch) -> ContextSource.MapItem? {
        var current = branch
        while let parent = current.parent {
            if case .iteration(let index) = current.role,
                let values = branches[parent].children?.items?.values, index < values.count
            {
                return ContextSource.MapItem(index: index, value: values[index])
            }
            current = branches[parent]
        }
        return nil
    }

    /// The parsed raw input of a branch's state; the parse is kept.
    mutating func rawInput(of id: BranchID) throws(StateFailure) -> JSONValue {
        do {
            return try branches[id].input.value()
        } catch {
            throw runtimeFailure("The state's input is not valid JSON: \(error.reason)", in: id)
        }
    }

    /// InputPath: what the state works on.
    mutating func effectiveInput(of id: BranchID) throws(StateFailure) -> Payload {
        // A JSONata state has no InputPath: its input is whole.
        let state = definition[branches[id].state]
        return try apply(state.inputPath, to: branches[id].input, in: id)
    }

    /// InputPath or OutputPath.
    mutating func apply(
        _ field: PathField,
        to payload: Payload,
        in id: BranchID
    ) throws(StateFailure) -> Payload {
        switch field {
        case .identity: return payload
        case .null: return Payload(.object(JSONObject()))
        case .path(let path):
            let scope = evaluation(of: id, input: try value(of: payload, in: id))
            return try self.payload(evaluate(path, in: scope, branch: id), in: id)
        }
    }

    /// A path whose failure AWS words "Invalid path '…' : …".
    func evaluate(
        _ path: JSONPath,
        in scope: Evaluation,
        branch id: BranchID
    ) throws(StateFailure) -> JSONValue {
        var budget = EvaluationBudget.standard
        do {
            return try path.evaluate(in: scope, budget: &budget)
        } catch {
            throw runtimeFailure(Causes.invalidPath(path.text, error.reason), in: id)
        }
    }

    /// The value of a payload that is not the branch's input.
    func value(of payload: Payload, in id: BranchID) throws(StateFailure) -> JSONValue {
        var payload = payload
        do {
            return try payload.value()
        } catch {
            throw runtimeFailure("A payload is not valid JSON: \(error.reason)", in: id)
        }
    }

    /// Parameters, ItemSelector, ResultSelector or Assign; draws are recorded.
    mutating func evaluate(
        _ template: PayloadTemplate,
        input: Payload,
        item: ContextSource.MapItem? = nil,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        if let literal = template.literal { return literal }
        let scope = evaluation(of: id, input: try value(of: input, in: id), item: item)
        var draws = Draws(stream: random)
        var budget = EvaluationBudget.standard
        let value: JSONValue
        do {
            value = try template.evaluate(in: scope, entropy: &draws, budget: &budget)
        } catch {
            throw templateFailure(error, input: input, in: id)
        }
        record(draws, on: id, into: &builder)
        return value
    }

    /// Records what an evaluation drew, in order, before the event that shows it.
    mutating func record(
        _ draws: Draws,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        for draw in draws.drawn {
            emit(.engine(.randomDrawn(draw.purpose, value: draw.value)), on: id, into: &builder)
        }
    }

    /// Assign: the variables with their values; draws are recorded.
    mutating func evaluate(
        _ assign: AssignTemplate,
        input: Payload,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> [AssignedVariable] {
        let scope = evaluation(of: id, input: try value(of: input, in: id))
        var draws = Draws(stream: random)
        var budget = EvaluationBudget.standard
        let values: [AssignTemplate.Assignment]
        do {
            values = try assign.evaluate(in: scope, entropy: &draws, budget: &budget)
        } catch {
            throw templateFailure(error, input: input, in: id)
        }
        record(draws, on: id, into: &builder)
        var assigned: [AssignedVariable] = []
        for value in values {
            let payload = try payload(value.value, in: id)
            assigned.append(AssignedVariable(name: value.name, value: payload))
        }
        return assigned
    }

    /// A single path or intrinsic function, such as ErrorPath; draws are recorded.
    mutating func evaluate(
        _ expression: PathExpression,
        field: String,
        input: Payload,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue {
        let scope = evaluation(of: id, input: try value(of: input, in: id))
        var draws = Draws(stream: random)
        var budget = EvaluationBudget.standard
        let value: JSONValue
        do {
            value = try expression.evaluate(in: scope, entropy: &draws, budget: &budget)
        } catch {
            let failure = TemplateError(field: field, expression: expression.text, reason: error)
            throw templateFailure(failure, input: input, in: id)
        }
        record(draws, on: id, into: &builder)
        return value
    }

    private func templateFailure(
        _ error: TemplateError,
        input: Payload,
        in id: BranchID
    ) -> StateFailure {
        let cause = error.cause(input: input.string)
        return error.errorName == ErrorName.runtime
            ? runtimeFailure(cause, in: id) : failure(error.errorName, cause, in: id)
    }

    /// ResultSelector, ResultPath and OutputPath: the output of a state with this result.
    mutating func output(
        result: Payload,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        let state = definition[branches[id].state]
        var result = result
        if let selector = state.resultSelector {
            let selected = try evaluate(selector, input: result, on: id, into: &builder)
            result = try payload(selected, in: id)
        }
        inspect(.afterResultSelector, result)
        let combined = try combine(result, into: id, at: state.resultPath)
        inspect(.afterResultPath, combined)
        return try apply(state.outputPath, to: combined, in: id)
    }

    /// ResultPath: the raw input with the result put in.
    mutating func combine(
        _ result: Payload,
        into id: BranchID,
        at field: ResultPathField
    ) throws(StateFailure) -> Payload {
        switch field {
        case .replace: return result
        case .discard: return branches[id].input
        case .path(let path):
            let input = try rawInput(of: id)
            let value = try value(of: result, in: id)
            let combined: JSONValue
            do {
                combined = try path.write(value, into: input)
            } catch {
                throw failure(ErrorName.resultPathMatchFailure, error.reason, in: id)
            }
            return try payload(combined, in: id)
        }
    }

    /// `States.Runtime`: ends the execution, whatever retriers and catchers say.
    func runtimeFailure(_ problem: String, in id: BranchID) -> StateFailure {
        var failure = failure(ErrorName.runtime, problem, in: id)
        failure.kind = .fatal
        return failure
    }

    /// A failure with AWS's preamble that names the state.
    func failure(_ error: String, _ problem: String, in id: BranchID) -> StateFailure {
        let name = definition[branches[id].state].name
        let cause = Causes.inState(name, enteredAt: branches[id].enteredEventID, problem)
        return StateFailure(Failure(error: error, cause: cause))
    }
}
