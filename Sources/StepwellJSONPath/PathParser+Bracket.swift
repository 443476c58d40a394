import StepwellJSON

extension PathParser {
    /// What stands between `[` and `]`.
    mutating func parseBracket() throws(JSONPathSyntaxError) -> PathSegment {
        try expect("[")
        skipBlanks()
        let segment: PathSegment
        switch peek {
        case UInt8(ascii: "*"):
            position += 1
            segment = .wildcard
        case UInt8(ascii: "?"): segment = try parseFilterSegment()
        case UInt8(ascii: "'"), UInt8(ascii: "\""): segment = try parseNames()
        default: segment = try parsePositions()
        }
        skipBlanks()
        try expect("]")
        return segment
    }

    private mutating func parseFilterSegment() throws(JSONPathSyntaxError) -> PathSegment {
        position += 1
        skipBlanks()
        guard peek == UInt8(ascii: "(") else { throw unexpected("'(' of a filter") }
        position += 1
        let wasEmbedded = isEmbedded
        isEmbedded = true
        defer { isEmbedded = wasEmbedded }
        let expression = try parseFilter()
        skipBlanks()
        try expect(")")
        return .filter(expression)
    }

    private mutating func parseNames() throws(JSONPathSyntaxError) -> PathSegment {
        var names: [String] = []
        repeat {
            skipBlanks()
            guard let quote = peek, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
            else { throw unexpected("a quoted name") }
            names.append(try parseName(quote: quote))
            skipBlanks()
        } while take(",")
        if names.count == 1 {
            return .child(names[0])
        }
        return .children(names)
    }

    /// A quoted name.
    ///
    /// A backslash escapes the quote and itself and is an ordinary character
    /// before any other, as AWS was recorded to read `$['a\"b']`.
    private mutating func parseName(quote: UInt8) throws(JSONPathSyntaxError) -> String {
        let start = position
        position += 1
        var name: [UInt8] = []
        while let byte = peek {
            position += 1
            if byte == quote {
                return String(decoding: name, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\"), let next = peek, next == quote || next == byte {
                position += 1
                name.append(next)
            } else {
                name.append(byte)
            }
        }
        throw failure("the quoted name has no end", at: start)
    }

    private mutating func parsePositions() throws(JSONPathSyntaxError) -> PathSegment {
        let first = try parseInteger()
        skipBlanks()
        if take(":") {
            return try parseSlice(from: first)
        }
        guard let first else { throw unexpected("a name, an index, '*' or '?'") }
        var indices = [first]
        while take(",") {
            skipBlanks()
            guard let next = try parseInteger() else { throw unexpected("an index") }
            indices.append(next)
            skipBlanks()
        }
        return indices.count == 1 ? .index(first) : .indices(indices)
    }

    private mutating func parseSlice(from: Int?) throws(JSONPathSyntaxError) -> PathSegment {
        skipBlanks()
        let to = try parseInteger()
        skipBlanks()
        guard peek != UInt8(ascii: ":") else { throw failure("a slice cannot have a step here") }
        guard from != nil || to != nil else { throw failure("a slice needs a start or an end") }
        return .slice(from: from, to: to)
    }

    private mutating func parseInteger() throws(JSONPathSyntaxError) -> Int? {
        let start = position
        if peek == UInt8(ascii: "-") {
            position += 1
        }
        while let byte = peek, byte.isDigit {
            position += 1
        }
        guard position > start else { return nil }
        guard let value = Int32(text(start..<position)) else {
            throw failure("'\(text(start..<position))' is not an index", at: start)
        }
        return Int(value)
    }
}
