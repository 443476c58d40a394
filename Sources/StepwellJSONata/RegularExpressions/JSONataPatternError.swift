/// Why a regular expression cannot be compiled or its match cannot be completed.
package enum JSONataPatternError: Error, Sendable, Equatable {
    /// The pattern is not a regular expression; the offset counts UTF-16 units.
    case syntax(message: String, offset: Int)
    /// The pattern is nested too deeply or its program would be too large.
    case tooComplex
    /// The match took more steps than the caller allows.
    case stepsExceeded
}
