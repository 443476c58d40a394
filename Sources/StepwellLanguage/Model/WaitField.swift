package import StepwellJSONPath

/// The one of its four fields that a Wait state has.
package enum WaitField: Sendable, Equatable {
    /// `Seconds`.
    case seconds(Int64)
    /// `SecondsPath`.
    case secondsPath(JSONPath)
    /// `Timestamp`.
    case timestamp(StatesTimestamp)
    /// `TimestampPath`.
    case timestampPath(JSONPath)
    /// `Seconds` in JSONata, when it is an expression.
    case secondsExpression(StateExpression)
    /// `Timestamp` in JSONata, when it is an expression.
    case timestampExpression(StateExpression)
}
