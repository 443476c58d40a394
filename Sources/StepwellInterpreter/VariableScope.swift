package import StepwellHistory
import StepwellJSON

/// The variables of one scope, in order of first assignment, and how many bytes they take.
///
/// A variable is found, and given a value, at the same cost however many there are: a definition
/// has room for a hundred thousand of them.
package struct VariableScope: Sendable {
    package private(set) var all: [AssignedVariable] = []
    /// The bytes of all values.
    package private(set) var bytes = 0
    /// Where each is, once there are more than a linear search should look at.
    private var index: JSONObjectIndex?

    package init(_ variables: [AssignedVariable] = []) {
        all = variables
        bytes = variables.reduce(0) { $0 + $1.value.text.count }
        indexIfMany()
    }

    /// The value of a variable, by the bytes of its name; nil when there is none.
    subscript(name: String) -> Payload? { place(of: name).map { all[$0].value } }

    /// Gives a variable a value.
    ///
    /// With `byBytes` names are compared by their bytes, else as Unicode has them equal.
    mutating func assign(_ variable: AssignedVariable, byBytes: Bool) {
        let place =
            byBytes ? place(of: variable.name) : all.firstIndex { $0.name == variable.name }
        bytes += variable.value.text.count
        if let place {
            bytes -= all[place].value.text.count
            all[place].value = variable.value
        } else {
            all.append(variable)
            guard index != nil else { return indexIfMany() }
            index?.insert(JSONObjectIndex.hash(variable.name), at: all.count - 1)
        }
    }

    /// The bytes of the variables that would be replaced by others of their names.
    func bytes(of assigned: [AssignedVariable]) -> Int {
        guard !all.isEmpty else { return 0 }
        // Order-free: a sum.
        return Set(assigned.compactMap { place(of: $0.name) })
            .reduce(0) { $0 + all[$1].value.text.count }
    }

    private func place(of name: String) -> Int? {
        guard let index else { return all.firstIndex { $0.name.hasSameBytes(as: name) } }
        return index.position(hash: JSONObjectIndex.hash(name)) {
            all[$0].name.hasSameBytes(as: name)
        }
    }

    private mutating func indexIfMany() {
        guard all.count > JSONObjectIndex.threshold else { return }
        var built = JSONObjectIndex(minimumCapacity: all.count)
        for (place, variable) in all.enumerated() {
            built.insert(JSONObjectIndex.hash(variable.name), at: place)
        }
        index = built
    }
}
