import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// The quotas on what a state takes in and keeps (developer guide, "Quotas" and "Passing data
/// between states with variables").
extension ExecutionState {
    /// The payload of a computed value.
    ///
    /// A few hundred bytes of a definition can name an input thousands of times over: what one
    /// decision writes out is bounded.
    func payload(
        _ value: JSONValue,
        in id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Payload {
        guard semantics >= Semantics.valuesBounded, let limit = start?.limits.payloadBytes else {
            return Payload(value)
        }
        var room = DecisionBudget.writable(limit)
        if builder.decision.isShared { room -= builder.decision.written }
        guard room > 0, let payload = Payload(value, atMost: room) else {
            throw tooLarge(Causes.resultTooLarge(definition[branches[id].state].name))
        }
        builder.decision.charge(writing: payload.text.count)
        return payload
    }

    /// Refuses what Parameters or an ItemSelector made too large.
    func checkSize(ofInput input: Payload, in id: BranchID) throws(StateFailure) {
        guard semantics >= Semantics.dataQuotas, let limit = start?.limits.payloadBytes,
            input.text.count > limit
        else { return }
        let name = definition[branches[id].state].name
        throw StateFailure(
            Failure(error: ErrorName.dataLimitExceeded, cause: Causes.inputTooLarge(name))
        )
    }

    /// Refuses variables that are too large, each, together or with those there are already.
    ///
    /// Like an output beyond its quota this ends the execution.
    func checkSize(
        ofVariables assigned: [AssignedVariable],
        in id: BranchID
    ) throws(StateFailure) {
        guard semantics >= Semantics.dataQuotas, !assigned.isEmpty, let limits = start?.limits
        else { return }
        let name = definition[branches[id].state].name
        let sizes = assigned.map(\.value.text.count)
        if let place = sizes.firstIndex(where: { $0 > limits.variableBytes }) {
            throw tooLarge(Causes.variableTooLarge(assigned[place].name, state: name))
        }
        let sum = sizes.reduce(0, +)
        if sum > limits.assignBytes { throw tooLarge(Causes.assignTooLarge(state: name)) }
        let replaced = branches[id].scope.bytes(of: assigned)
        if sum + branches.variableBytes - replaced > limits.allVariablesBytes {
            throw tooLarge(Causes.variablesTooLarge(state: name))
        }
    }

    func tooLarge(_ cause: String) -> StateFailure {
        StateFailure(Failure(error: ErrorName.dataLimitExceeded, cause: cause), kind: .fatal)
    }
}
