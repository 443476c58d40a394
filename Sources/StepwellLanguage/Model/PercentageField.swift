package import StepwellJSONPath

/// `ToleratedFailurePercentage` or its `…Path` form.
package enum PercentageField: Sendable, Equatable {
    /// A percentage from 0 to 100.
    case literal(Double)
    /// A path to it.
    case path(JSONPath)
    /// A JSONata expression that gives it.
    case expression(StateExpression)
}
