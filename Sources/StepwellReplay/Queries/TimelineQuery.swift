package import StepwellHistory

/// Which stretch of an execution's time is asked for.
package struct TimelineQuery: Sendable {
    /// Only what is not over before this time; nil for the beginning.
    package var from: Timestamp?
    /// Only what begins no later than this; nil for the end.
    package var to: Timestamp?
    /// The state whose visits alone are asked for; nil for all.
    package var state: String?
    /// Only visits entered after this event; 0 for all.
    package var after: EventID = 0
    /// How many spans are given, at least one visit with all of its.
    package var limit = 1_000

    package init() {}
}
