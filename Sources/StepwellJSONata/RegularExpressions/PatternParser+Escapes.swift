/// Escapes and classes.
extension PatternParser {
    /// An escape outside a class, at its backslash.
    mutating func parseEscape() throws(JSONataPatternError) -> PatternNode {
        guard let unit = peek(1) else {
            throw failure("\\ at end of pattern")
        }
        if unit >= 0x31, unit <= 0x39 {
            var index = position + 1
            var number = 0
            while index < pattern.count, UnitSet.digits.contains(pattern[index]) {
                number = min(Self.maximumCount, number * 10 + Int(pattern[index] - 0x30))
                index += 1
            }
            if number < totalGroups {
                position = index
                return .reference(number)
            }
        }
        if unit == 0x6B, hasNames {
            position += 2
            guard consume(0x3C) else {
                throw failure("invalid named reference")
            }
            let offset = position
            return .namedReference(try parseGroupName(), offset: offset)
        }
        if let set = Self.classEscape(unit) {
            position += 2
            return .set(set)
        }
        return .unit(parseUnitEscape(inClass: false))
    }

    /// A class, at its opening bracket.
    mutating func parseClass() throws(JSONataPatternError) -> UnitSet {
        let opening = position
        position += 1
        let isInverted = consume(0x5E)
        var ranges: [ClosedRange<UInt16>] = []
        while let unit = current, unit != 0x5D {
            let first = parseClassAtom()
            guard current == 0x2D, let next = peek(1), next != 0x5D else {
                ranges += first.ranges
                continue
            }
            position += 1
            let last = parseClassAtom()
            guard let from = first.unit, let to = last.unit else {
                ranges += first.ranges + last.ranges + [0x2D...0x2D]
                continue
            }
            guard from <= to else {
                throw failure("range out of order in character class")
            }
            ranges.append(from...to)
        }
        guard consume(0x5D) else {
            throw .syntax(message: "unterminated character class", offset: opening)
        }
        let set = UnitSet(ranges)
        return isInverted ? set.inverted() : set
    }

    private mutating func parseClassAtom() -> (unit: UInt16?, ranges: [ClosedRange<UInt16>]) {
        var unit = pattern[position]
        if unit == 0x5C, let next = peek(1) {
            if let set = Self.classRanges(next) {
                position += 2
                return (nil, set)
            }
            unit = parseUnitEscape(inClass: true)
        } else {
            position += 1
        }
        return (unit, [unit...unit])
    }

    /// An escape that stands for one unit, at its backslash; consumes at least one unit.
    private mutating func parseUnitEscape(inClass: Bool) -> UInt16 {
        guard let unit = peek(1) else {
            position += 1
            return 0x5C
        }
        position += 2
        switch unit {
        case 0x62 where inClass: return 0x08
        case 0x66: return 0x0C
        case 0x6E: return 0x0A
        case 0x72: return 0x0D
        case 0x74: return 0x09
        case 0x76: return 0x0B
        case 0x30...0x37: return parseOctal(first: unit)
        case 0x78: return parseHex(digits: 2) ?? unit
        case 0x75: return parseHex(digits: 4) ?? unit
        case 0x63: return parseControl(inClass: inClass)
        default: return unit
        }
    }

    /// `\cX`, behind its `c`; without a letter the backslash stands for itself.
    private mutating func parseControl(inClass: Bool) -> UInt16 {
        if let letter = current {
            let isLetter = (0x41...0x5A).contains(letter & ~0x20) && letter < 128
            let isExtra = inClass && UnitSet.word.contains(letter)
            if isLetter || isExtra {
                position += 1
                return letter % 32
            }
        }
        position -= 1
        return 0x5C
    }

    private mutating func parseOctal(first: UInt16) -> UInt16 {
        var value = first - 0x30
        var count = 1
        while let digit = current, (0x30...0x37).contains(digit), count < 3, value < 32 {
            value = value * 8 + digit - 0x30
            count += 1
            position += 1
        }
        return value
    }

    private mutating func parseHex(digits: Int) -> UInt16? {
        var value: UInt16 = 0
        for offset in 0..<digits {
            guard let unit = peek(offset), let digit = Self.hexDigit(unit) else {
                return nil
            }
            value = value << 4 | digit
        }
        position += digits
        return value
    }

    private static func hexDigit(_ unit: UInt16) -> UInt16? {
        switch unit {
        case 0x30...0x39: unit - 0x30
        case 0x41...0x46: unit - 0x41 + 10
        case 0x61...0x66: unit - 0x61 + 10
        default: nil
        }
    }

    private static func classEscape(_ unit: UInt16) -> UnitSet? {
        classRanges(unit).map(UnitSet.init)
    }

    private static func classRanges(_ unit: UInt16) -> [ClosedRange<UInt16>]? {
        switch unit {
        case 0x64: UnitSet.digits.ranges
        case 0x44: UnitSet.digits.gaps
        case 0x77: UnitSet.word.ranges
        case 0x57: UnitSet.word.gaps
        case 0x73: UnitSet.space.ranges
        case 0x53: UnitSet.space.gaps
        default: nil
        }
    }
}
