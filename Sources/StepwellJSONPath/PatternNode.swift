/// A part of a parsed pattern.
indirect enum PatternNode: Sendable {
    case set(PatternSet)
    case assertion(PatternAssertion)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// At least `minimum` times, and at most `maximum` times unless that is `nil`.
    case repetition(PatternNode, minimum: Int, maximum: Int?)
}
