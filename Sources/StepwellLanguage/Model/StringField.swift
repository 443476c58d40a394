package import StepwellIntrinsics

/// `Error` or `Cause` of a Fail state, or their `…Path` forms.
package enum StringField: Sendable, Equatable {
    /// The text.
    case literal(String)
    /// A path or a call of an intrinsic function that gives it.
    case expression(PathExpression)
    /// A JSONata expression that gives it.
    case jsonata(StateExpression)
}
