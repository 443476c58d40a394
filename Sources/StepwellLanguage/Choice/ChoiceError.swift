package import StepwellJSONPath

/// Why a Choice rule could not be decided: `States.Runtime`.
package enum ChoiceError: Error, Sendable, Equatable {
    /// A path, as it was written, and what went wrong with it.
    case path(String, reason: JSONPathError)
    /// The rule is a JSONata expression, which a JSONPath scope does not evaluate.
    case expression(StateExpression)

    /// The name under which Step Functions reports the failure.
    package var errorName: String { ErrorName.runtime }

    /// The cause as AWS words it, without the sentence that names the state.
    package var cause: String {
        switch self {
        case .path(let path, let reason) where reason.isNotFound:
            AWSMessages.conditionPath(path)
        case .path(_, .nullInput): JSONPathError.nullInput.reason
        case .path(let path, let reason):
            "Invalid path '\(path)': \(reason.reason)"
        case .expression(let expression):
            "The expression '\(expression.source)' stands in a JSONPath state."
        }
    }
}
