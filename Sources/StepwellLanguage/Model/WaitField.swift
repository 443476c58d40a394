package import StepwellJSONPath

/// The one of its four fields that a Wait state has.
package enum WaitField: Sendable, Equatable {
    /// `Seconds`.
    case seconds(Int64)
    /// `SecondsPath`.
    case secondsPath(JSONPath)
    /// `Timestamp`, checked to be one (see `StatesTimestamp`).
    case timestamp(String)
    /// `TimestampPath`.
    case timestampPath(JSONPath)
}
