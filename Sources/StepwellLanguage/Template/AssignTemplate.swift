package import StepwellIntrinsics
package import StepwellJSON
package import StepwellJSONPath

/// `Assign`, compiled: the values of variables, all computed from the values before the state.
package struct AssignTemplate: Sendable {
    /// A variable and its new value.
    package typealias Assignment = (name: String, value: JSONValue)

    let entries: [(name: String, value: TemplateNode)]

    /// The names of the variables in the order they were written.
    package var names: [String] { entries.map(\.name) }

    /// The new values in the order they were written.
    ///
    /// - Throws: `TemplateError` with the first field, in order, whose expression fails.
    package func evaluate(
        in scope: some PathScope,
        entropy: inout some IntrinsicEntropy,
        budget: inout EvaluationBudget
    ) throws(TemplateError) -> [Assignment] {
        var assignments: [Assignment] = []
        assignments.reserveCapacity(entries.count)
        for entry in entries {
            let value = try entry.value.evaluate(in: scope, entropy: &entropy, budget: &budget)
            assignments.append((entry.name, value))
        }
        return assignments
    }
}
