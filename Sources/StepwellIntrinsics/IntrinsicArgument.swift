import StepwellJSON
import StepwellJSONPath

/// One argument of a call.
indirect enum IntrinsicArgument: Sendable {
    case text(IntrinsicText)
    /// A number, `true`, `false` or `null`.
    case value(JSONValue)
    case path(JSONPath)
    case call(IntrinsicCall)
}
