import StepwellJSON

extension PathParser {
    /// A JSON value as filters spell it: strings in either quote, and a bare word as a string, as
    /// older releases of Jayway's library read it.
    mutating func parseLiteral() throws(JSONPathSyntaxError) -> JSONValue {
        switch peek {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "["): return .array(try parseArray())
        case UInt8(ascii: "{"): return .object(try parseObject())
        case UInt8(ascii: "-"): return .number(try parseNumber())
        case let byte? where byte.isDigit: return .number(try parseNumber())
        case let byte? where byte.isNameByte: return parseWord()
        default: throw unexpected("a value")
        }
    }

    private mutating func parseWord() -> JSONValue {
        let start = position
        while let byte = peek, byte.isNameByte || byte == UInt8(ascii: "-") {
            position += 1
        }
        let word = bytes[start..<position]
        if word.elementsEqual("true".utf8) { return .bool(true) }
        if word.elementsEqual("false".utf8) { return .bool(false) }
        if word.elementsEqual("null".utf8) { return .null }
        return .string(text(start..<position))
    }

    private mutating func parseNumber() throws(JSONPathSyntaxError) -> JSONNumber {
        let start = position
        while let byte = peek,
            byte.isDigit || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
        {
            position += 1
        }
        let spelling = text(start..<position)
        if let value = Int64(spelling) { return JSONNumber(value) }
        guard let value = Double(spelling), value.isFinite else {
            throw failure("'\(spelling)' is not a number", at: start)
        }
        return JSONNumber(value)
    }

    private mutating func parseArray() throws(JSONPathSyntaxError) -> [JSONValue] {
        try enter()
        defer { leave() }
        position += 1
        var items: [JSONValue] = []
        skipBlanks()
        if take("]") { return items }
        repeat {
            skipBlanks()
            items.append(try parseLiteral())
            skipBlanks()
        } while take(",")
        try expect("]")
        return items
    }

    private mutating func parseObject() throws(JSONPathSyntaxError) -> JSONObject {
        try enter()
        defer { leave() }
        position += 1
        var object = JSONObject()
        skipBlanks()
        if take("}") { return object }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "'") || peek == UInt8(ascii: "\"") else {
                throw unexpected("a quoted name")
            }
            let key = try parseString()
            skipBlanks()
            try expect(":")
            skipBlanks()
            object[key] = try parseLiteral()
            skipBlanks()
        } while take(",")
        try expect("}")
        return object
    }

    private mutating func parseString() throws(JSONPathSyntaxError) -> String {
        let start = position
        let quote = bytes[position]
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            position += 1
            if byte == quote {
                return String(decoding: content, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") {
                try parseEscape(into: &content)
            } else {
                content.append(byte)
            }
        }
        throw failure("the string has no end", at: start)
    }

    private mutating func parseEscape(into content: inout [UInt8]) throws(JSONPathSyntaxError) {
        guard let byte = peek else { throw failure("the string has no end") }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "u"):
            let end = min(position + 4, bytes.count)
            guard end == position + 4, let code = UInt32(text(position..<end), radix: 16),
                let scalar = Unicode.Scalar(code)
            else { throw failure("'\\u' needs four hexadecimal digits of a character") }
            position = end
            content.append(contentsOf: String(scalar).utf8)
        default: content.append(byte)
        }
    }
}
