/// A parsed regular expression.
indirect enum PatternNode: Sendable {
    case empty
    case unit(UInt16)
    case set(UnitSet)
    case start
    case end
    case wordBoundary(inverted: Bool)
    case group(PatternNode, index: Int)
    case reference(Int)
    case namedReference([UInt16], offset: Int)
    case look(PatternNode, behind: Bool, negative: Bool)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// `groups` are the numbers of the groups within, which each iteration forgets.
    case loop(PatternNode, min: Int, max: Int?, lazy: Bool, groups: Range<Int>)

    /// Whether the node may match without consuming a unit.
    var isNullable: Bool {
        switch self {
        case .unit, .set: false
        case .empty, .start, .end, .wordBoundary, .reference, .namedReference, .look: true
        case .group(let body, _): body.isNullable
        case .sequence(let parts): parts.allSatisfy(\.isNullable)
        case .choice(let parts): parts.contains(where: \.isNullable)
        case .loop(let body, let min, _, _, _): min == 0 || body.isNullable
        }
    }
}
