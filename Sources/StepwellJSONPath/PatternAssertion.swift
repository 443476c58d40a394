/// A condition of a pattern that consumes nothing.
enum PatternAssertion: Sendable {
    case start, lineStart, end, lineEnd, wordBoundary, notWordBoundary

    /// Whether it holds before the scalar at `position`.
    func holds(at position: Int, in scalars: [UInt32]) -> Bool {
        let last = scalars.count
        switch self {
        case .start: return position == 0
        case .lineStart: return position == 0 || (position < last && isBreak(scalars, position - 1))
        case .end:
            return position == last || (position == last - 1 && isBreak(scalars, position))
                || (position == last - 2 && scalars[position] == 0x0D && scalars[last - 1] == 0x0A)
        case .lineEnd: return position == last || isBreak(scalars, position)
        case .wordBoundary: return isBoundary(scalars, position)
        case .notWordBoundary: return !isBoundary(scalars, position)
        }
    }

    private func isBreak(_ scalars: [UInt32], _ position: Int) -> Bool {
        PatternSet.lineTerminators.contains(scalars[position])
    }

    private func isBoundary(_ scalars: [UInt32], _ position: Int) -> Bool {
        let before = position > 0 && PatternSet.word.contains(scalars[position - 1])
        let after = position < scalars.count && PatternSet.word.contains(scalars[position])
        return before != after
    }
}
