package import StepwellJSONPath

/// Why a Choice rule could not be decided: `States.Runtime`.
package struct ChoiceError: Error, Sendable, Equatable {
    /// The path as it was written.
    package let path: String
    /// What went wrong with it.
    package let reason: JSONPathError

    /// The name under which Step Functions reports the failure.
    package var errorName: String { ErrorName.runtime }

    /// The cause as AWS words it, without the sentence that names the state.
    package var cause: String {
        if reason.isNotFound {
            return "Invalid path '\(path)': The choice state's condition path references an "
                + "invalid value."
        }
        return "Invalid path '\(path)': \(reason.reason)"
    }
}
