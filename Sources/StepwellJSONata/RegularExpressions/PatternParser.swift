/// A parser of ECMAScript's patterns without the flag `u`, with the leniencies of its annex B.
struct PatternParser {
    /// How deeply groups may be nested.
    static let maximumDepth = 100
    /// How large a bound of a quantifier may be; what is larger counts as this.
    static let maximumCount = 1_000_000

    let pattern: [UInt16]
    var position = 0
    /// How many groups have been opened, with the whole match as the first.
    private(set) var groupCount = 1
    private(set) var names: [[UInt16]: Int] = [:]
    /// How many groups the whole pattern has, which decides what `\2` means.
    let totalGroups: Int
    let hasNames: Bool

    init(_ pattern: [UInt16]) {
        self.pattern = pattern
        (totalGroups, hasNames) = Self.countGroups(pattern)
    }

    /// Parses the whole pattern.
    mutating func parse() throws(JSONataPatternError) -> PatternNode {
        let node = try parseChoice(depth: 0)
        guard position == pattern.count else {
            throw failure("unmatched ')'")
        }
        return node
    }

    func failure(_ message: String) -> JSONataPatternError {
        .syntax(message: message, offset: position)
    }

    var current: UInt16? { position < pattern.count ? pattern[position] : nil }

    func peek(_ offset: Int) -> UInt16? {
        position + offset < pattern.count ? pattern[position + offset] : nil
    }

    mutating func consume(_ unit: UInt16) -> Bool {
        guard current == unit else {
            return false
        }
        position += 1
        return true
    }

    mutating func consume(text: String) -> Bool {
        let units = Array(text.utf16)
        guard pattern[position...].starts(with: units) else {
            return false
        }
        position += units.count
        return true
    }

    private mutating func parseChoice(depth: Int) throws(JSONataPatternError) -> PatternNode {
        guard depth <= Self.maximumDepth else {
            throw .tooComplex
        }
        var branches = [try parseSequence(depth: depth)]
        while consume(0x7C) {
            branches.append(try parseSequence(depth: depth))
        }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func parseSequence(depth: Int) throws(JSONataPatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while let unit = current, unit != 0x7C, unit != 0x29 {
            parts.append(try parseTerm(depth: depth))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func parseTerm(depth: Int) throws(JSONataPatternError) -> PatternNode {
        let firstGroup = groupCount
        guard let unit = current else {
            return .empty
        }
        switch unit {
        case 0x5E:
            position += 1
            return .start
        case 0x24:
            position += 1
            return .end
        case 0x5C where peek(1) == 0x62 || peek(1) == 0x42:
            let inverted = peek(1) == 0x42
            position += 2
            return .wordBoundary(inverted: inverted)
        default:
            break
        }
        let rest = pattern[position...]
        let looksBehind = rest.starts(with: "(?<=".utf16) || rest.starts(with: "(?<!".utf16)
        let atom = try parseAtom(unit, depth: depth)
        // What looks behind cannot be repeated; what looks ahead can, by annex B.
        return looksBehind
            ? atom
            : try parseQuantifier(of: atom, groups: firstGroup..<groupCount)
    }

    private mutating func parseAtom(
        _ unit: UInt16,
        depth: Int
    ) throws(JSONataPatternError) -> PatternNode {
        switch unit {
        case 0x28:
            return try parseGroup(depth: depth)
        case 0x5B:
            return .set(try parseClass())
        case 0x5C:
            return try parseEscape()
        case 0x2E:
            position += 1
            return .set(UnitSet.lineTerminators.inverted())
        case 0x2A, 0x2B, 0x3F:
            throw failure("nothing to repeat")
        case 0x7B where bounds() != nil:
            throw failure("nothing to repeat")
        default:
            position += 1
            return .unit(unit)
        }
    }

    private mutating func parseGroup(depth: Int) throws(JSONataPatternError) -> PatternNode {
        let opening = position
        position += 1
        var node: PatternNode
        if consume(text: "?:") {
            node = try parseChoice(depth: depth + 1)
        } else if consume(text: "?=") {
            node = .look(try parseChoice(depth: depth + 1), behind: false, negative: false)
        } else if consume(text: "?!") {
            node = .look(try parseChoice(depth: depth + 1), behind: false, negative: true)
        } else if consume(text: "?<=") {
            node = .look(try parseChoice(depth: depth + 1), behind: true, negative: false)
        } else if consume(text: "?<!") {
            node = .look(try parseChoice(depth: depth + 1), behind: true, negative: true)
        } else {
            let index = groupCount
            groupCount += 1
            if consume(text: "?<") {
                let name = try parseGroupName()
                guard names.updateValue(index, forKey: name) == nil else {
                    throw failure("duplicate capture group name")
                }
            } else if current == 0x3F {
                throw failure("invalid group")
            }
            node = .group(try parseChoice(depth: depth + 1), index: index)
        }
        guard consume(0x29) else {
            throw .syntax(message: "unterminated group", offset: opening)
        }
        return node
    }

    /// The name behind `(?<` or `\k<`, up to and with the `>`.
    mutating func parseGroupName() throws(JSONataPatternError) -> [UInt16] {
        var name: [UInt16] = []
        while let unit = current, unit != 0x3E {
            let isLetter = UnitSet.word.contains(unit) || unit == 0x24 || unit >= 128
            guard isLetter, !(name.isEmpty && UnitSet.digits.contains(unit)) else {
                throw failure("invalid capture group name")
            }
            name.append(unit)
            position += 1
        }
        guard !name.isEmpty, consume(0x3E) else {
            throw failure("invalid capture group name")
        }
        return name
    }

    private mutating func parseQuantifier(
        of atom: PatternNode,
        groups: Range<Int>
    ) throws(JSONataPatternError) -> PatternNode {
        var least = 0
        var most: Int?
        switch current {
        case 0x2A: position += 1
        case 0x2B:
            position += 1
            least = 1
        case 0x3F:
            position += 1
            most = 1
        case 0x7B:
            guard let bounds = bounds() else {
                return atom
            }
            (least, most) = (bounds.least, bounds.most)
            position = bounds.end
        default:
            return atom
        }
        if let most, most < least {
            throw failure("numbers out of order in quantifier")
        }
        return .loop(atom, min: least, max: most, lazy: consume(0x3F), groups: groups)
    }

    /// The bounds of `{n}`, `{n,}` or `{n,m}` here; `nil` where the brace is a plain character.
    private func bounds() -> (least: Int, most: Int?, end: Int)? {
        var index = position + 1
        guard let least = number(at: &index) else {
            return nil
        }
        var most: Int? = least
        if index < pattern.count, pattern[index] == 0x2C {
            index += 1
            most = number(at: &index)
        }
        guard index < pattern.count, pattern[index] == 0x7D else {
            return nil
        }
        return (least, most, index + 1)
    }

    private func number(at index: inout Int) -> Int? {
        var value: Int?
        while index < pattern.count, UnitSet.digits.contains(pattern[index]) {
            value = min(Self.maximumCount, (value ?? 0) * 10 + Int(pattern[index] - 0x30))
            index += 1
        }
        return value
    }

    private static func countGroups(_ pattern: [UInt16]) -> (count: Int, hasNames: Bool) {
        var count = 1
        var hasNames = false
        var inClass = false
        var index = 0
        while index < pattern.count {
            switch pattern[index] {
            case 0x5C: index += 1
            case 0x5B: inClass = true
            case 0x5D: inClass = false
            case 0x28 where !inClass:
                let rest = pattern[(index + 1)...].prefix(3)
                let isNamed =
                    rest.starts(with: "?<".utf16) && !rest.starts(with: "?<=".utf16)
                    && !rest.starts(with: "?<!".utf16)
                hasNames = hasNames || isNamed
                count += isNamed || rest.first != 0x3F ? 1 : 0
            default: break
            }
            index += 1
        }
        return (count, hasNames)
    }
}
