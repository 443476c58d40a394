/// The recursive-descent reader behind `JSONParser`, over bytes that outlive it.
struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var depth: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        depth = maximumDepth
    }

    /// The byte at the position, 0 at the end.
    @inline(__always)
    var current: UInt8 {
        position < bytes.count ? bytes[position] : 0
    }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        skipWhiteSpace()
        let value = try value()
        skipWhiteSpace()
        guard position == bytes.count else {
            throw unexpected("expected the end of the text")
        }
        return value
    }

    @inline(__always)
    mutating func skipWhiteSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    mutating func value() throws(JSONSyntaxError) -> JSONValue {
        switch current {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "-"), 0x30...0x39: return .number(try number())
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null")
            return .null
        default: throw unexpected("expected a value")
        }
    }

    private mutating func literal(_ word: StaticString) throws(JSONSyntaxError) {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw unexpected("expected \(word)") }
        for index in 0..<count where bytes[position + index] != word.utf8Start[index] {
            position += index
            throw unexpected("expected \(word)")
        }
        position += count
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth -= 1
        guard depth >= 0 else { throw error("the nesting is too deep") }
        position += 1
        skipWhiteSpace()
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var values: [JSONValue] = []
        if current == UInt8(ascii: "]") {
            position += 1
            depth += 1
            return .array(values)
        }
        while true {
            values.append(try value())
            skipWhiteSpace()
            if try isLast(closing: UInt8(ascii: "]"), "expected ',' or ']'") { break }
        }
        return .array(values)
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var members: ContiguousArray<JSONObject.Member> = []
        if current == UInt8(ascii: "}") {
            position += 1
            depth += 1
            return .object(JSONObject())
        }
        while true {
            guard current == UInt8(ascii: "\"") else { throw unexpected("expected a member name") }
            let key = try string()
            skipWhiteSpace()
            guard current == UInt8(ascii: ":") else { throw unexpected("expected ':'") }
            position += 1
            skipWhiteSpace()
            members.append((key, try value()))
            skipWhiteSpace()
            if try isLast(closing: UInt8(ascii: "}"), "expected ',' or '}'") { break }
        }
        return .object(JSONObject(parsed: members))
    }

    /// Behind an element: true at the closing bracket, false at a comma, which is skipped.
    private mutating func isLast(
        closing: UInt8,
        _ expectation: String
    ) throws(JSONSyntaxError) -> Bool {
        if current == closing {
            position += 1
            depth += 1
            return true
        }
        guard current == UInt8(ascii: ",") else { throw unexpected(expectation) }
        position += 1
        skipWhiteSpace()
        return false
    }

    func error(_ reason: String) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: position)
    }

    /// Says what is there instead of what was expected.
    func unexpected(_ expectation: String) -> JSONSyntaxError {
        guard position < bytes.count else { return error("unexpected end, \(expectation)") }
        let byte = bytes[position]
        guard byte > 0x20, byte < 0x7F else {
            return error("unexpected byte 0x\(String(byte, radix: 16)), \(expectation)")
        }
        return error("unexpected character '\(Unicode.Scalar(byte))', \(expectation)")
    }
}
