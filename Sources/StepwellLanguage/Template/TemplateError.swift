package import StepwellIntrinsics
import StepwellJSONPath

/// Why an expression of a state's field gave no value.
package struct TemplateError: Error, Sendable, Equatable {
    /// The field as it was written, such as `value.$` or `CausePath`.
    package let field: String
    /// The expression as it was written.
    package let expression: String
    /// What went wrong in it.
    package let reason: PathExpressionError

    package init(field: String, expression: String, reason: PathExpressionError) {
        self.field = field
        self.expression = expression
        self.reason = reason
    }

    /// The name under which Step Functions reports the failure.
    package var errorName: String {
        switch reason {
        case .path: ErrorName.runtime
        case .intrinsic(let error):
            switch error.kind {
            case .failedFirst: ErrorName.intrinsicFailure
            case .failed, .argumentNotFound, .budgetExhausted: ErrorName.runtime
            }
        }
    }

    /// The cause as AWS words it, without the sentence that names the state.
    ///
    /// - Parameter input: The JSON text of what `$` stood for.
    /// - Returns: The sentence.
    package func cause(input: String) -> String {
        switch reason {
        case .path(let error) where error.isNotFound:
            AWSMessages.pathNotFound(expression, field: field, input: input)
        case .path(.nullInput): JSONPathError.nullInput.reason
        case .path(let error):
            "The JSONPath '\(expression)' specified for the field '\(field)' failed: "
                + error.reason
        case .intrinsic(let error): error.cause
        }
    }
}
