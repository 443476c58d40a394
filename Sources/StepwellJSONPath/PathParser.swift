/// Reads a path from the bytes of its text.
struct PathParser {
    let bytes: [UInt8]
    var position = 0
    /// How deep filters, parentheses and literals are nested at `position`.
    var nesting = 0
    /// Inside a filter or an argument list, where a path also ends at an operator or a comma.
    var isEmbedded = false

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The root and the segments of the whole text, blanks around it left out.
    mutating func parseWhole() throws(JSONPathSyntaxError) -> (JSONPath.Root, [PathSegment]) {
        skipBlanks()
        guard take("$") else { throw failure("a path starts with '$'") }
        let root = try parseRoot()
        let segments = try parseSegments()
        skipBlanks()
        guard position == bytes.count else { throw unexpected("the end of the path") }
        return (root, segments)
    }

    private mutating func parseRoot() throws(JSONPathSyntaxError) -> JSONPath.Root {
        if take("$") { return .context }
        let start = position
        while let byte = peek, byte != UInt8(ascii: "."), byte != UInt8(ascii: "["),
            byte != UInt8(ascii: " ")
        {
            guard byte.isNameByte else { throw unexpected("'.', '[' or the name of a variable") }
            position += 1
        }
        guard position > start else { return .input }
        guard !bytes[start].isDigit else {
            throw failure("the name of a variable does not start with a digit", at: start)
        }
        let name = text(start..<position)
        guard name.unicodeScalars.count <= PathLimits.variableName else {
            throw failure(
                "the name of a variable has at most \(PathLimits.variableName) characters",
                at: start
            )
        }
        return .variable(name)
    }

    /// The segments up to the end of the text or of the embedded path.
    mutating func parseSegments() throws(JSONPathSyntaxError) -> [PathSegment] {
        var segments: [PathSegment] = []
        while let byte = peek, !endsPath(byte) {
            switch byte {
            case UInt8(ascii: "."): try parseDot(&segments)
            case UInt8(ascii: "["): segments.append(try parseBracket())
            default: throw unexpected("'.' or '['")
            }
            guard segments.count <= PathLimits.segments else {
                throw failure("a path has at most \(PathLimits.segments) segments")
            }
        }
        return segments
    }

    private mutating func parseDot(_ segments: inout [PathSegment]) throws(JSONPathSyntaxError) {
        position += 1
        let descends = take(".")
        if descends {
            segments.append(.descendants)
        }
        switch peek {
        case nil: throw failure("a path must not end with '.'")
        case UInt8(ascii: "["): segments.append(try parseBracket())
        case UInt8(ascii: "*"):
            position += 1
            segments.append(.wildcard)
        default: segments.append(try parseDottedName(afterDescent: descends))
        }
    }

    private mutating func parseDottedName(
        afterDescent: Bool
    ) throws(JSONPathSyntaxError) -> PathSegment {
        let start = position
        while let byte = peek, !endsName(byte) {
            if byte == UInt8(ascii: "(") {
                guard !afterDescent else { throw failure("'..' needs a name, not a function") }
                return try parseFunction(named: start..<position)
            }
            position += 1
        }
        guard position > start else { throw unexpected("a name") }
        if !isEmbedded, peek == UInt8(ascii: " "),
            bytes[position...].contains(where: { $0 != 0x20 })
        {
            throw failure("a name with blanks is written in brackets, ['like this']")
        }
        return .child(text(start..<position))
    }

    private func endsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") || endsPath(byte)
    }

    private func endsPath(_ byte: UInt8) -> Bool {
        if byte.isBlank { return true }
        guard isEmbedded else { return false }
        switch byte {
        case UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "&"),
            UInt8(ascii: "|"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            return true
        default:
            return false
        }
    }
}
