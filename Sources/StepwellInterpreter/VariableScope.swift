package import StepwellHistory

/// The variables of one scope, in order of first assignment, and how many bytes they take.
package struct VariableScope: Sendable {
    package private(set) var all: [AssignedVariable] = []
    /// The bytes of all values.
    package private(set) var bytes = 0

    package init(_ variables: [AssignedVariable] = []) {
        all = variables
        bytes = Self.bytes(of: variables)
    }

    /// Gives a variable a value.
    ///
    /// With `byBytes` names are compared by their bytes, else as Unicode has them equal.
    mutating func assign(_ variable: AssignedVariable, byBytes: Bool) {
        let place = all.firstIndex {
            byBytes
                ? $0.name.utf8.elementsEqual(variable.name.utf8) : $0.name == variable.name
        }
        bytes += variable.value.text.count
        if let place {
            bytes -= all[place].value.text.count
            all[place].value = variable.value
        } else {
            all.append(variable)
        }
    }

    /// The bytes of the variables that would be replaced by others of their names.
    func bytes(of assigned: [AssignedVariable]) -> Int {
        all.reduce(0) { sum, variable in
            let isReplaced = assigned.contains {
                $0.name.utf8.elementsEqual(variable.name.utf8)
            }
            return isReplaced ? sum + variable.value.text.count : sum
        }
    }

    private static func bytes(of variables: [AssignedVariable]) -> Int {
        variables.reduce(0) { $0 + $1.value.text.count }
    }
}
