public import StepwellJSON

/// What an evaluation on a document gave, converted to JSON only where that is asked for.
public struct JSONataResult {
    private let value: Value

    init(_ value: Value) {
        self.value = value
    }

    /// Whether the expression has a value.
    public var isDefined: Bool { value.isDefined }

    /// The value as JSON; nil when the expression has none.
    public func json() -> JSONValue? { value.json() }
}
