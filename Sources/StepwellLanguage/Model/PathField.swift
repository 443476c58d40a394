package import StepwellJSONPath

/// `InputPath` or `OutputPath`.
package enum PathField: Sendable, Equatable {
    /// Absent or `$`: the whole value passes.
    case identity
    /// `null`: an empty object stands in for the value.
    case null
    /// A path into the value, the context object or a variable.
    case path(JSONPath)
}
