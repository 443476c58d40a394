import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// The quotas on what a state takes in and keeps (developer guide, "Quotas" and "Passing data
/// between states with variables").
extension ExecutionState {
    /// How many times the quota of a payload a value may take between the fields of a state, of
    /// which the last may pick a small part; larger ones are not written out.
    private static let intermediateFactor = 64

    /// The payload of a computed value.
    ///
    /// A few hundred bytes of a definition can name an input thousands of times over.
    func payload(_ value: JSONValue, in id: BranchID) throws(StateFailure) -> Payload {
        guard semantics >= Semantics.valuesBounded, let limit = start?.limits.payloadBytes else {
            return Payload(value)
        }
        guard let payload = Payload(value, atMost: limit * Self.intermediateFactor) else {
            throw tooLarge(Causes.resultTooLarge(definition[branches[id].state].name))
        }
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
        if sum + keptVariableBytes(beside: assigned, in: id) > limits.allVariablesBytes {
            throw tooLarge(Causes.variablesTooLarge(state: name))
        }
    }

    /// The bytes of all variables but those of a branch that are about to be replaced.
    private func keptVariableBytes(beside assigned: [AssignedVariable], in id: BranchID) -> Int {
        var bytes = 0
        for branch in branches.all {
            for variable in branch.variables {
                let isReplaced =
                    branch.id == id
                    && assigned.contains { $0.name.utf8.elementsEqual(variable.name.utf8) }
                bytes += isReplaced ? 0 : variable.value.text.count
            }
        }
        return bytes
    }

    private func tooLarge(_ cause: String) -> StateFailure {
        StateFailure(Failure(error: ErrorName.dataLimitExceeded, cause: cause), kind: .fatal)
    }
}
