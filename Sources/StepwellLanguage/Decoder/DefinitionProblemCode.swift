/// The code of a problem: those of the API's `ValidateStateMachineDefinitionDiagnostic`, and a few
/// of Stepwell's own for warnings that AWS does not give.
package struct DefinitionProblemCode: RawRepresentable, Sendable, Hashable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let invalidJSONDescription = Self(rawValue: "INVALID_JSON_DESCRIPTION")
    package static let schemaValidationFailed = Self(rawValue: "SCHEMA_VALIDATION_FAILED")
    package static let missingTransitionTarget = Self(rawValue: "MISSING_TRANSITION_TARGET")
    package static let missingEndState = Self(rawValue: "MISSING_END_STATE")
    package static let duplicateStateName = Self(rawValue: "DUPLICATE_STATE_NAME")
    package static let invalidStateName = Self(rawValue: "INVALID_STATE_NAME")
    package static let invalidJSONataExpression = Self(rawValue: "INVALID_JSONATA_EXPRESSION")
    package static let unsupportedJSONataExpression = Self(
        rawValue: "UNSUPPORTED_JSONATA_EXPRESSION"
    )
    package static let duplicateLabelName = Self(rawValue: "DUPLICATE_LABEL_NAME")
    package static let invalidLabelName = Self(rawValue: "INVALID_LABEL_NAME")

    /// Warning: a value that looks like an expression under a key without `.$`.
    package static let noDollar = Self(rawValue: "NO_DOLLAR")
    /// Warning: an expression in the `Result` of a Pass state, which is never evaluated.
    package static let passResultIsStatic = Self(rawValue: "PASS_RESULT_IS_STATIC")

    /// Stepwell's: a `${Name}` that was not filled in.
    package static let placeholder = Self(rawValue: "PLACEHOLDER")
    /// Stepwell's: a variable that no state of the scope or of those around it assigns.
    package static let undefinedVariable = Self(rawValue: "UNDEFINED_VARIABLE")
    /// Stepwell's: a reserved error name that no state can report.
    package static let unknownErrorName = Self(rawValue: "UNKNOWN_ERROR_NAME")
    /// Stepwell's: a field that is allowed but does nothing here.
    package static let noEffect = Self(rawValue: "NO_EFFECT")
    /// Stepwell's: what looks like an expression of a JSONata state and is none.
    package static let noExpression = Self(rawValue: "NO_EXPRESSION")
    /// Stepwell's: a resource that nothing here serves, or not as things are.
    package static let unservedResource = Self(rawValue: "UNSERVED_RESOURCE")
    /// Stepwell's: a key that is written twice in one object.
    package static let duplicateKey = Self(rawValue: "DUPLICATE_KEY")
}
