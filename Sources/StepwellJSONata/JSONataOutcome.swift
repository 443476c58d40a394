public import StepwellJSON

/// What an evaluation gave.
public struct JSONataOutcome: Sendable, Equatable {
    /// The value; nil when the expression has none.
    ///
    /// Functions stand in it as empty strings.
    public let value: JSONValue?
    /// Whether the value itself is a function.
    public let isFunction: Bool
    /// Whether the time or a random word was used, so that a replay needs the same.
    public let drewFromSources: Bool
    /// The steps that were counted.
    public let steps: Int
}
