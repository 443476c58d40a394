package import StepwellJSONPath

/// A whole number such as `MaxConcurrency` or its `…Path` form.
package enum CountField: Sendable, Equatable {
    /// The number.
    case literal(Int64)
    /// A path to it.
    case path(JSONPath)
    /// A JSONata expression that gives it.
    case expression(StateExpression)
}
