import StepwellHistory
import StepwellJSON
import StepwellLanguage

extension ExecutionState {
    /// `…StateExited` with what the pipeline makes of a result.
    func exit(
        _ id: BranchID,
        result: Payload,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let state = definition[branches[id].state]
        if builder.observation != nil { inspect(.result, result, of: id, into: &builder) }
        if state.queryLanguage == .jsonata {
            return try exit(id, by: state.expressionFlow, result: result, into: &builder)
        }
        // Assign and the output are both computed from what the state was entered with.
        let assigned = try assignments(state.assign, from: result, on: id, into: &builder)
        let output = try output(result: result, of: id, into: &builder)
        try recordExit(of: id, output: output, assigned: assigned, into: &builder)
    }

    /// The variables that an `Assign` field sets, `$` being `source`.
    func assignments(
        _ assign: AssignTemplate?,
        from source: Payload,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> [AssignedVariable] {
        guard let assign else { return [] }
        return try evaluate(assign, input: source, on: id, into: &builder)
    }

    func recordExit(
        of id: BranchID,
        output: Payload,
        assigned: [AssignedVariable],
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let state = definition[branches[id].state]
        if output.isTooDeep || assigned.contains(where: { $0.value.isTooDeep }) {
            throw runtimeFailure(Causes.tooDeep, in: id)
        }
        if let limit = start?.limits.payloadBytes, output.text.count > limit {
            throw StateFailure(
                Failure(
                    error: ErrorName.dataLimitExceeded,
                    cause: Causes.resultTooLarge(state.name)
                ),
                kind: .fatal
            )
        }
        try checkSize(ofVariables: assigned, in: id)
        var variables = assigned
        for index in variables.indices {
            variables[index].value = stored(
                variables[index].value,
                field: UInt8(clamping: index + 1),
                into: builder
            )
        }
        let details = StateExitedDetails(
            name: state.name,
            output: stored(output, into: builder),
            assignedVariables: variables
        )
        emit(event: .stateExited(state.kind.type, details), on: id, into: &builder)
    }

    /// The exit by way of a catcher: its ResultPath puts the Error Output into the raw input.
    func exitCaught(
        _ failure: StateFailure,
        by catcher: Int,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let state = definition[branches[id].state]
        guard catcher < state.catchers.count else {
            throw runtimeFailure("There is no catcher \(catcher).", in: id)
        }
        let errorOutput = Payload(errorOutput(failure, of: state))
        let rule = state.catchers[catcher]
        if state.queryLanguage == .jsonata {
            return try exit(
                id,
                by: rule.expressionFlow,
                under: flowPrefix("Catch", catcher),
                errorOutput: errorOutput,
                into: &builder
            )
        }
        let assigned = try assignments(rule.assign, from: errorOutput, on: id, into: &builder)
        let output = try combine(errorOutput, into: id, at: rule.resultPath, &builder)
        try recordExit(of: id, output: output, assigned: assigned, into: &builder)
    }
}

extension ExecutionState {
    /// What a catcher is given.
    ///
    /// What whoever failed a task has not said is `null` (recorded: SendTaskFailure without error
    /// and cause); a timeout, and what fails here, has a text without anything.
    private func errorOutput(_ failure: StateFailure, of state: State) -> JSONValue {
        var unsaid = JSONValue.string("")
        let isTimeout = [ErrorName.timeout, ErrorName.heartbeatTimeout].contains {
            failure.failure.error?.utf8.elementsEqual($0.utf8) ?? false
        }
        if semantics >= Semantics.unsaidIsNull, case .task = state.kind, !isTimeout {
            unsaid = .null
        }
        return .object(
            JSONObject([
                ("Error", failure.failure.error.map { .string($0) } ?? unsaid),
                ("Cause", failure.failure.cause.map { .string($0) } ?? unsaid),
            ])
        )
    }
}

extension Payload {
    /// Whether a value just computed is nested deeper than JSON text may be.
    fileprivate var isTooDeep: Bool {
        guard location == nil, let parsed else { return false }
        return parsed.isNested(deeperThan: JSONParser.defaultMaximumDepth)
    }
}
