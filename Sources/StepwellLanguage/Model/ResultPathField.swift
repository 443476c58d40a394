package import StepwellJSONPath

/// `ResultPath`: what becomes of a state's result.
package enum ResultPathField: Sendable, Equatable {
    /// Absent or `$`: the result replaces the input.
    case replace
    /// `null`: the result is thrown away and the input passes.
    case discard
    /// The result is put into the input at that place.
    case path(ReferencePath)
}
