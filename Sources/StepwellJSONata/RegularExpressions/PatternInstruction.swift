/// One instruction of a compiled pattern; targets are indices of instructions.
enum PatternInstruction: Sendable {
    case unit(UInt16, backward: Bool)
    case set(Int, backward: Bool)
    case start
    case end
    case wordBoundary(inverted: Bool)
    /// Goes on at both, preferring the first.
    case split(Int, Int)
    case jump(Int)
    /// Notes the position.
    case save(Int)
    /// Forgets what the slots noted.
    case clear(Range<Int>)
    /// Fails where nothing was consumed since the slot noted the position.
    case progress(Int)
    case reference(Int, backward: Bool)
    /// Tries what follows up to a `match`, then goes on at the target.
    case look(negative: Bool, next: Int)
    case match
}
