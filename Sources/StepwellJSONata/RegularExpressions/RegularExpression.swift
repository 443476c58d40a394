/// A regular expression of ECMAScript without the flag `u`, over UTF-16 code units.
///
/// Patterns without references and without looking around run in time linear in the text; the
/// others backtrack. Both count their steps, and neither recurses with the text's length.
package struct RegularExpression: Sendable {
    /// Where a pattern matched, in UTF-16 code units.
    package struct Match: Sendable, Equatable {
        /// What the whole pattern matched.
        package let range: Range<Int>
        /// What each capturing group matched, from the first; `nil` for one that took no part.
        package let groups: [Range<Int>?]
    }

    let program: [PatternInstruction]
    let sets: [UnitSet]
    let slotCount: Int
    let groupCount: Int
    /// Within how many loops that check their progress each instruction stands; the slots of
    /// those loops follow the slots of the groups, the outermost first.
    let depths: [Int]
    let ignoreCase: Bool
    let multiline: Bool
    private let needsBacktracking: Bool
    /// What every match begins with, where that is known and case counts.
    private let prefix: [UInt16]

    /// Compiles a pattern.
    ///
    /// - Throws: `syntax` for what is no pattern, `tooComplex` beyond the limits of nesting and
    ///   program size.
    package init(
        pattern: [UInt16],
        ignoreCase: Bool,
        multiline: Bool
    ) throws(JSONataPatternError) {
        var parser = PatternParser(pattern)
        let node = try parser.parse()
        var compiler = PatternCompiler(
            groupCount: parser.groupCount,
            names: parser.names,
            ignoreCase: ignoreCase
        )
        try compiler.compile(whole: node)
        program = compiler.program
        depths = compiler.depths
        sets = compiler.sets
        slotCount = compiler.slotCount
        groupCount = parser.groupCount
        needsBacktracking = compiler.needsBacktracking
        self.ignoreCase = ignoreCase
        self.multiline = multiline
        prefix = ignoreCase ? [] : Self.prefix(of: compiler.program)
    }

    /// The first match that begins at an index or behind it.
    ///
    /// `steps` holds the steps that may still be taken and is lowered by those taken.
    ///
    /// - Throws: `stepsExceeded` when they do not suffice.
    package func firstMatch(
        in text: [UInt16],
        from start: Int,
        steps: inout Int
    ) throws(JSONataPatternError) -> Match? {
        guard start >= 0, start <= text.count else {
            return nil
        }
        let slots: [Int]?
        if needsBacktracking {
            var matcher = BacktrackingMatcher(expression: self, text: text, steps: steps)
            defer { steps = matcher.steps }
            slots = try matcher.firstMatch(from: start)
        } else {
            var matcher = LinearMatcher(expression: self, text: text, steps: steps)
            defer { steps = matcher.steps }
            slots = try matcher.firstMatch(from: start)
        }
        return slots.map(match)
    }

    /// The first place from an index on where the literal prefix stands.
    func candidate(in text: [UInt16], from start: Int) -> Int? {
        guard let first = prefix.first else {
            return start <= text.count ? start : nil
        }
        var index = start
        while index + prefix.count <= text.count {
            if text[index] == first, text[index...].starts(with: prefix) {
                return index
            }
            index += 1
        }
        return nil
    }

    /// Whether an instruction that consumes nothing and does not branch holds at a position.
    func holds(_ instruction: PatternInstruction, in text: [UInt16], at position: Int) -> Bool {
        switch instruction {
        case .start:
            return position == 0
                || multiline && UnitSet.lineTerminators.contains(text[position - 1])
        case .end:
            return position == text.count
                || multiline && UnitSet.lineTerminators.contains(text[position])
        case .wordBoundary(let inverted):
            let before = position > 0 && UnitSet.word.contains(text[position - 1])
            let after = position < text.count && UnitSet.word.contains(text[position])
            return (before != after) != inverted
        default:
            return true
        }
    }

    private func match(_ slots: [Int]) -> Match {
        let ranges = (0..<groupCount).map { group -> Range<Int>? in
            let from = slots[group * 2]
            let to = slots[group * 2 + 1]
            return from >= 0 && to >= from ? from..<to : nil
        }
        return Match(range: ranges[0] ?? 0..<0, groups: Array(ranges.dropFirst()))
    }

    private static func prefix(of program: [PatternInstruction]) -> [UInt16] {
        var units: [UInt16] = []
        for instruction in program {
            switch instruction {
            case .save: continue
            case .unit(let unit, backward: false): units.append(unit)
            default: return units
            }
        }
        return units
    }
}
