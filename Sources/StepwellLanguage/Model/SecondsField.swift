package import StepwellJSONPath

/// `TimeoutSeconds`, `HeartbeatSeconds` or their `…Path` forms.
package enum SecondsField: Sendable, Equatable {
    /// A number of seconds.
    case literal(Int64)
    /// A path to it.
    case path(JSONPath)
    /// A JSONata expression that gives it.
    case expression(StateExpression)
}
