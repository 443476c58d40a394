import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// What the children of a Parallel or Map state have come to, as the state's result.
extension ExecutionState {
    /// The exit of a Task, Parallel or Map state with its result; nil: its children's results.
    func exitWithResult(
        _ result: Payload?,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        if let result { return try exit(id, result: result, into: &builder) }
        if let written = branches[id].mapRun.flatMap({ mapRuns[$0].writtenOutput }) {
            return try exit(id, result: written, into: &builder)
        }
        // What nothing looks at is not put together.
        let result =
            isResultUsed(by: id) ? try childResults(of: id, into: &builder) : Payload(.null)
        try exit(id, result: result, into: &builder)
    }

    /// The bytes of results of a Map Run that can still be its state's result, none where nothing
    /// looks at it.
    ///
    /// What is more is found to be too large in the end, and not kept until then.
    func resultRoom(of place: Int) -> Int {
        if mapRuns[place].plan?.writesResults == true { return 0 }
        let id = mapRuns[place].branch
        guard branches.contains(id), branches[id].mapRun == place else { return .max }
        guard isResultUsed(by: id) else { return 0 }
        guard semantics >= Semantics.decisionBudgets, let limit = start?.limits.payloadBytes else {
            return .max
        }
        return isResultOutput(of: id) ? limit : DecisionBudget.writable(limit)
    }

    private func isResultUsed(by id: BranchID) -> Bool {
        let state = definition[branches[id].state]
        if trial != nil { return true }
        guard state.queryLanguage == .jsonata else {
            return state.assign != nil || state.resultSelector != nil
                || state.resultPath != .discard
        }
        guard semantics >= Semantics.decisionBudgets, let output = state.expressionFlow.output
        else { return true }
        return output.reads(.result)
            || state.expressionFlow.assign.contains { $0.value.reads(.result) }
    }

    /// Whether the result is the state's output as it is.
    private func isResultOutput(of id: BranchID) -> Bool {
        let state = definition[branches[id].state]
        guard trial == nil else { return false }
        if state.queryLanguage == .jsonata {
            return state.expressionFlow.output == nil && state.expressionFlow.assign.isEmpty
        }
        return state.assign == nil && state.resultSelector == nil && state.resultPath == .replace
            && state.outputPath == .identity
    }

    /// The outputs of the children as one array; the texts are joined, not parsed.
    ///
    /// What is too large is known before anything is joined.
    private func childResults(
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        let isLost = branches[id].mapRun.map { mapRuns[$0].hasLostResults } ?? false
        if isLost { throw tooLarge(Causes.resultTooLarge(definition[branches[id].state].name)) }
        let results =
            branches[id].mapRun.map(mapRunResults) ?? branches[id].children?.results ?? []
        let size = results.reduce(max(2, results.count + 1)) { $0 + ($1?.text.count ?? 4) }
        let name = definition[branches[id].state].name
        if let limit = start?.limits.payloadBytes {
            var room = DecisionBudget.writable(limit)
            if semantics < Semantics.decisionBudgets { room = .max }
            if isResultOutput(of: id) { room = limit }
            if size > room { throw tooLarge(Causes.resultTooLarge(name)) }
        }
        if semantics >= Semantics.decisionBudgets {
            let depth = JSONParser.defaultMaximumDepth - 1
            if results.contains(where: { $0?.isNested(deeperThan: depth) == true }) {
                throw runtimeFailure(Causes.tooDeep, in: id)
            }
        }
        builder.decision.charge(writing: size)
        return Payload(joining: results, size: size)
    }
}

extension Payload {
    /// An array of payloads, null where there is none; `size` is how many bytes it takes.
    fileprivate init(joining payloads: [Payload?], size: Int) {
        var text: [UInt8] = []
        text.reserveCapacity(size)
        text.append(UInt8(ascii: "["))
        for (index, payload) in payloads.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            if let payload {
                text.append(contentsOf: payload.text)
            } else {
                text.append(contentsOf: "null".utf8)
            }
        }
        text.append(UInt8(ascii: "]"))
        self.init(text: text)
    }

    /// Whether arrays and objects are nested more than `limit` deep; the text is not parsed for it.
    fileprivate func isNested(deeperThan limit: Int) -> Bool {
        // Each level takes two brackets.
        guard text.count > 2 * limit else { return false }
        if let parsed { return parsed.isNested(deeperThan: limit) }
        return JSONDepth.exceeds(limit, in: text)
    }
}
