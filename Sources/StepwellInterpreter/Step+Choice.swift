import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

extension ExecutionState {
    /// Choice: records the first rule that matches, or the default.
    mutating func choose(
        _ fields: ChoiceFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let input = try effectiveInput(of: id)
        let scope = evaluation(of: id, input: try value(of: input, in: id))
        var budget = EvaluationBudget.standard
        var matched: Int?
        do {
            for (index, rule) in fields.rules.enumerated()
            where try rule.condition.evaluate(in: scope, budget: &budget) {
                matched = index
                break
            }
        } catch {
            throw runtimeFailure(error.cause, in: id)
        }
        guard matched != nil || fields.defaultNext != nil else {
            throw failure(ErrorName.noChoiceMatched, Causes.noChoiceMatched(), in: id)
        }
        emit(.engine(.ruleMatched(index: matched)), on: id, into: &builder)
    }

    /// `ChoiceStateExited`: the effective input through OutputPath; Assign of the rule, or of the
    /// state when the default is taken.
    mutating func exitChoice(
        _ id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let state = definition[branches[id].state]
        let input = try effectiveInput(of: id)
        var assign = state.assign
        if case .choice(let fields) = state.kind,
            case .chosen(_, let rule?) = branches[id].phase, rule < fields.rules.count
        {
            assign = fields.rules[rule].assign
        }
        let assigned = try assignments(assign, from: input, on: id, into: &builder)
        let output = try apply(state.outputPath, to: input, in: id)
        try recordExit(of: id, output: output, assigned: assigned, into: &builder)
    }
}
