import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

extension ExecutionState {
    /// Choice: records the first rule that matches, or the default.
    func choose(
        _ fields: ChoiceFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let isJSONata = definition[branches[id].state].queryLanguage == .jsonata
        let matched =
            isJSONata
            ? try matchingCondition(fields, on: id, into: &builder)
            : try matchingRule(fields, on: id, into: &builder)
        guard matched != nil || fields.defaultNext != nil else {
            guard dialect == .current else {
                throw failure(ErrorName.noChoiceMatched, Causes.noChoiceMatched, in: id)
            }
            throw runtimeFailure(Causes.noNextState, in: id)
        }
        emit(.engine(.ruleMatched(index: matched)), on: id, into: &builder)
    }

    /// The first rule whose comparisons hold.
    private func matchingRule(
        _ fields: ChoiceFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int? {
        let input = try effectiveInput(of: id, into: &builder)
        inspect(.afterInputPath, input, of: id, into: &builder)
        let scope = evaluation(of: id, input: try value(of: input, in: id, into: &builder))
        do throws(ChoiceError) {
            return try builder.decision.withPaths { (budget) throws(ChoiceError) in
                for (index, rule) in fields.rules.enumerated()
                where try rule.condition.evaluate(in: scope, budget: &budget) {
                    return index
                }
                return nil
            }
        } catch {
            throw runtimeFailure(error.cause, in: id)
        }
    }

    /// The first rule whose `Condition` is true.
    private func matchingCondition(
        _ fields: ChoiceFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int? {
        for (index, rule) in fields.rules.enumerated() {
            switch rule.condition {
            case .literal(let flag): if flag { return index }
            case .expression(let expression):
                let field = ruleField("Choices", index) + "/Condition"
                if try boolean(expression, field: field, on: id, into: &builder) { return index }
            case .and, .or, .not, .comparison: continue
            }
        }
        return nil
    }

    /// `ChoiceStateExited`: the effective input through OutputPath; Assign of the rule, or of the
    /// state when the default is taken.
    func exitChoice(
        _ id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let state = definition[branches[id].state]
        if state.queryLanguage == .jsonata {
            return try exitChoice(id, of: state, into: &builder)
        }
        let input = try effectiveInput(of: id, into: &builder)
        var assign = state.assign
        if case .choice(let fields) = state.kind,
            case .chosen(_, let rule?) = branches[id].phase, rule < fields.rules.count
        {
            assign = fields.rules[rule].assign
        }
        let assigned = try assignments(assign, from: input, on: id, into: &builder)
        let output = try apply(state.outputPath, to: input, in: id, into: &builder)
        try recordExit(of: id, output: output, assigned: assigned, into: &builder)
    }

    /// The exit by `Assign` and `Output` of the rule that was taken, or of the state for the
    /// default.
    private func exitChoice(
        _ id: BranchID,
        of state: State,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        guard case .choice(let fields) = state.kind,
            case .chosen(_, let rule?) = branches[id].phase, rule < fields.rules.count
        else { return try exit(id, by: state.expressionFlow, into: &builder) }
        let flow = fields.rules[rule].expressionFlow
        return try exit(id, by: flow, under: flowPrefix("Choices", rule), into: &builder)
    }
}
