package import StepwellJSON
package import StepwellJSONPath

/// What a Choice rule compares its variable with.
package enum ComparisonOperand: Sendable {
    case string(String)
    case number(JSONNumber)
    case timestamp(StatesTimestamp)
    case boolean(Bool)
    /// Of `StringMatches`.
    case pattern(StringPattern)
    /// Of a `…Path` operator.
    case path(JSONPath)
}
