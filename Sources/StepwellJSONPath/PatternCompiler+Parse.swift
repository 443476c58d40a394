extension PatternCompiler {
    private var peek: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    mutating func parseAlternatives() throws(JSONPathSyntaxError) -> PatternNode {
        nesting += 1
        guard nesting <= PathLimits.nesting else {
            throw failure("the pattern nests more than \(PathLimits.nesting) groups")
        }
        defer { nesting -= 1 }
        var nodes = [try parseSequence()]
        while take("|") {
            nodes.append(try parseSequence())
        }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func parseSequence() throws(JSONPathSyntaxError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = peek, scalar != "|", scalar != ")" {
            var node = try parseAtom()
            if let (minimum, maximum) = try parseQuantifier() {
                node = .repetition(node, minimum: minimum, maximum: maximum)
                if take("+") { throw failure("possessive quantifiers are not supported") }
                _ = take("?")
            }
            nodes.append(node)
        }
        return .sequence(nodes)
    }

    private mutating func parseQuantifier() throws(JSONPathSyntaxError) -> (Int, Int?)? {
        switch peek {
        case "*":
            position += 1
            return (0, nil)
        case "+":
            position += 1
            return (1, nil)
        case "?":
            position += 1
            return (0, 1)
        case "{":
            position += 1
            return try parseBounds()
        default: return nil
        }
    }

    private mutating func parseBounds() throws(JSONPathSyntaxError) -> (Int, Int?) {
        guard let minimum = parseCount() else { throw failure("'{' needs a count") }
        var maximum: Int? = minimum
        if take(",") {
            maximum = parseCount()
        }
        guard take("}") else { throw failure("expected '}' of a quantifier") }
        if let maximum, maximum < minimum { throw failure("a quantifier runs backwards") }
        return (minimum, maximum)
    }

    private mutating func parseCount() -> Int? {
        var count: Int?
        while let digit = peek, ("0"..."9").contains(digit) {
            count = min((count ?? 0) * 10 + Int(digit.value - 0x30), PathLimits.patternInstructions)
            position += 1
        }
        return count
    }

    private mutating func parseAtom() throws(JSONPathSyntaxError) -> PatternNode {
        guard let scalar = peek else { throw failure("the pattern ends early") }
        position += 1
        switch scalar {
        case "(": return try parseGroup()
        case "[": return .set(try parseClass())
        case ".":
            var set = dotTakesAll ? PatternSet() : PatternSet.lineTerminators
            set.isNegated = true
            return .set(set)
        case "^": return .assertion(isMultiline ? .lineStart : .start)
        case "$": return .assertion(isMultiline ? .lineEnd : .end)
        case "\\": return try parseEscape()
        case "*", "+", "?", "{": throw failure("nothing stands before '\(scalar)'")
        default: return .set(literal(scalar))
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> PatternSet {
        PatternSet(ranges: [scalar.value...scalar.value], foldsCase: foldsCase)
    }

    private mutating func parseGroup() throws(JSONPathSyntaxError) -> PatternNode {
        if take("?") {
            guard take(":") else {
                throw failure("of the groups '(?…' only '(?:' is supported")
            }
        }
        let node = try parseAlternatives()
        guard take(")") else { throw failure("expected ')' of a group") }
        return node
    }

    private mutating func parseEscape() throws(JSONPathSyntaxError) -> PatternNode {
        switch peek {
        case "b":
            position += 1
            return .assertion(.wordBoundary)
        case "B":
            position += 1
            return .assertion(.notWordBoundary)
        default:
            var set = try parseEscapedSet()
            set.foldsCase = foldsCase
            return .set(set)
        }
    }

    /// The set that an escape stands for, the backslash having been read.
    private mutating func parseEscapedSet() throws(JSONPathSyntaxError) -> PatternSet {
        guard let scalar = peek else { throw failure("the pattern ends in a backslash") }
        position += 1
        switch scalar {
        case "d": return .digits
        case "w": return .word
        case "s": return .space
        case "D": return PatternSet(ranges: PatternSet.digits.complement)
        case "W": return PatternSet(ranges: PatternSet.word.complement)
        case "S": return PatternSet(ranges: PatternSet.space.complement)
        case "t": return PatternSet(ranges: [0x09...0x09])
        case "n": return PatternSet(ranges: [0x0A...0x0A])
        case "r": return PatternSet(ranges: [0x0D...0x0D])
        case "f": return PatternSet(ranges: [0x0C...0x0C])
        case "u": return try parseHexadecimal(digits: 4)
        case "x": return try parseHexadecimal(digits: 2)
        default:
            let isLetterOrDigit = scalar.isASCII && UInt8(scalar.value).isNameByte && scalar != "_"
            guard !isLetterOrDigit else {
                throw failure("'\\\(scalar)' is not supported in patterns")
            }
            return PatternSet(ranges: [scalar.value...scalar.value])
        }
    }

    private mutating func parseHexadecimal(
        digits: Int
    ) throws(JSONPathSyntaxError) -> PatternSet {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let scalar = peek, let digit = UInt32(String(scalar), radix: 16) else {
                throw failure("expected \(digits) hexadecimal digits")
            }
            value = value * 16 + digit
            position += 1
        }
        return PatternSet(ranges: [value...value])
    }

    private mutating func parseClass() throws(JSONPathSyntaxError) -> PatternSet {
        var set = PatternSet()
        set.foldsCase = foldsCase
        set.isNegated = take("^")
        var isFirst = true
        while let scalar = peek, scalar != "]" || isFirst {
            isFirst = false
            guard scalar != "[", !(scalar == "&" && next == "&") else {
                throw failure("classes inside classes are not supported in patterns")
            }
            let low = try parseMember()
            guard low.isSingle, peek == "-", let after = next, after != "]" else {
                set.ranges += low.ranges
                continue
            }
            position += 1
            let high = try parseMember()
            guard high.isSingle, high.ranges[0].lowerBound >= low.ranges[0].lowerBound else {
                throw failure("a range in a class runs backwards")
            }
            set.ranges.append(low.ranges[0].lowerBound...high.ranges[0].upperBound)
        }
        guard take("]") else { throw failure("expected ']' of a class") }
        guard set.ranges.count <= PathLimits.patternRanges else {
            throw failure("a class has more than \(PathLimits.patternRanges) ranges")
        }
        return set
    }

    private var next: Unicode.Scalar? {
        position + 1 < scalars.count ? scalars[position + 1] : nil
    }

    private mutating func parseMember() throws(JSONPathSyntaxError) -> PatternSet {
        guard let scalar = peek else { throw failure("expected ']' of a class") }
        position += 1
        if scalar == "\\" { return try parseEscapedSet() }
        return PatternSet(ranges: [scalar.value...scalar.value])
    }
}

extension PatternSet {
    /// Whether the set is one character, and so may bound a range.
    fileprivate var isSingle: Bool {
        ranges.count == 1 && ranges[0].lowerBound == ranges[0].upperBound
    }
}
