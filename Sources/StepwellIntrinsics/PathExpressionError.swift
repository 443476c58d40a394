package import StepwellJSONPath

/// Why a path or a call of an intrinsic function gave no value.
package enum PathExpressionError: Error, Sendable, Equatable {
    /// The path failed.
    case path(JSONPathError)
    /// The call failed.
    case intrinsic(IntrinsicError)
}
