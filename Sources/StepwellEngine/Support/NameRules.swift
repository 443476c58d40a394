import StepwellHistory

/// What the names of state machines, executions and activities may be (see `ResourceName`).
package enum NameRules {
    /// Throws `InvalidName` in AWS's words when a name is not allowed.
    package static func check(_ name: String) throws(ServiceError) {
        guard ResourceName.isValid(name) else {
            throw ServiceError(code: "InvalidName", message: "Invalid Name: '\(name)'")
        }
    }
}
