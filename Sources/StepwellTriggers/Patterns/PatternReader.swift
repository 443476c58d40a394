import StepwellJSON

/// Reads the tokens of a pattern's text and knows where it is.
///
/// EventBridge tells the place up to which its parser (Jackson) had read when something was found
/// to be wrong. So this one reads as far as that: behind a field's name to the first character of
/// the value, a string only when its text is asked for.
struct PatternReader {
    private let text: [UInt8]
    /// Behind what was read.
    private var position = 0
    /// The value behind a field's name, which is read with the name.
    private var next: PatternToken?
    /// Where the text of the string, number or name begins that was read last, quotes included.
    private var start = 0
    /// Whether the string that was read last is not read to its end yet.
    private var isUnfinished = false
    /// What is open, outermost first: whether it is an object, and whether it has had an element.
    private var open: [(isObject: Bool, isBegun: Bool)] = []
    /// The name of the field that was read last.
    private(set) var name = ""

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// The next token.
    mutating func token() throws(EventPatternError) -> PatternToken {
        if let value = next {
            next = nil
            if value == .startObject || value == .startArray {
                open.append((value == .startObject, false))
            }
            return value
        }
        if isUnfinished { try finish() }
        skipSpace()
        guard let container = open.last else { return try outermost() }
        if peek == (container.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            position += 1
            open.removeLast()
            return container.isObject ? .endObject : .endArray
        }
        if container.isBegun {
            let kind = container.isObject ? "Object" : "Array"
            try expect(UInt8(ascii: ","), "comma to separate \(kind) entries")
        }
        open[open.count - 1].isBegun = true
        return container.isObject ? try field() : try value()
    }

    private mutating func outermost() throws(EventPatternError) -> PatternToken {
        guard peek == nil else { return try value() }
        return .end
    }

    private var peek: UInt8? { position < text.count ? text[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            position += 1
        }
    }

    private mutating func expect(
        _ byte: UInt8,
        _ what: String
    ) throws(EventPatternError) {
        skipSpace()
        guard let found = peek else { throw truncated() }
        guard found == byte else { throw unexpected("was expecting \(what)") }
        position += 1
        skipSpace()
    }

    private mutating func field() throws(EventPatternError) -> PatternToken {
        guard let quote = peek else { throw truncated() }
        guard quote == UInt8(ascii: "\"") else {
            throw unexpected("was expecting double-quote to start field name")
        }
        start = position
        position += 1
        try finish()
        name = try string()
        try expect(UInt8(ascii: ":"), "a colon to separate field name and value")
        let value = try value()
        if value == .startObject || value == .startArray { open.removeLast() }
        next = value
        return .field
    }

    private mutating func value() throws(EventPatternError) -> PatternToken {
        guard let byte = peek else { throw truncated() }
        start = position
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            position += 1
            let isObject = byte == UInt8(ascii: "{")
            guard open.count < 64 else { throw failure("The pattern is nested too deep") }
            open.append((isObject, false))
            return isObject ? .startObject : .startArray
        case UInt8(ascii: "\""):
            position += 1
            isUnfinished = true
            return .string
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        default: return try word()
        }
    }

    private mutating func number() throws(EventPatternError) -> PatternToken {
        while let byte = peek, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) {
            position += 1
        }
        guard (try? JSONParser.parse(Array(text[start..<position]))) != nil else {
            throw failure("Invalid numeric value: \(raw)")
        }
        return .number
    }

    private mutating func word() throws(EventPatternError) -> PatternToken {
        var end = position
        while end < text.count, Self.isLetter(text[end]) { end += 1 }
        let word = String(decoding: text[position..<end], as: UTF8.self)
        let words: [String: PatternToken] = ["true": .true, "false": .false, "null": .null]
        guard end > position else {
            throw unexpected(
                "expected a valid value (JSON String, Number, Array, Object or token 'null', "
                    + "'true' or 'false')"
            )
        }
        position = end
        if let token = words[word] { return token }
        throw failure(
            "Unrecognized token '\(word)': was expecting (JSON String, Number, Array, Object or "
                + "token 'null', 'true' or 'false')"
        )
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F
            || byte == 0x24 || byte >= 0x80
    }

    /// Reads the rest of a string.
    private mutating func finish() throws(EventPatternError) {
        isUnfinished = false
        while let byte = peek {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { return }
        }
        position = text.count
        throw failure("Unexpected end-of-input in VALUE_STRING")
    }

    /// The text of the string that was read last.
    mutating func string() throws(EventPatternError) -> String {
        if isUnfinished { try finish() }
        guard let value = try? JSONParser.parse(Array(text[start..<position])),
            case .string(let string) = value
        else { throw failure("Unrecognized character escape in \(raw)") }
        return string
    }

    /// The text of the number that was read last.
    var numberText: String { raw }

    /// What was read last, for messages: a string's text, anything else as it is written.
    mutating func shown(_ token: PatternToken) throws(EventPatternError) -> String {
        token == .string ? try string() : raw
    }

    private var raw: String { String(decoding: text[start..<position], as: UTF8.self) }

    /// A reader at the same place, to look ahead with.
    var lookahead: PatternReader { self }

    // MARK: What is wrong

    /// An error at the place up to which was read.
    func failure(_ reason: String) -> EventPatternError {
        EventPatternError(reason: "\(reason)\n at \(location(of: position))")
    }

    private func truncated() -> EventPatternError {
        failure("Unexpected end-of-input")
    }

    private func unexpected(_ what: String) -> EventPatternError {
        let rest = String(decoding: text[position...].prefix(4), as: UTF8.self)
        let scalar = rest.unicodeScalars.first ?? "?"
        let reason = "Unexpected character ('\(scalar)' (code \(scalar.value))): \(what)"
        return EventPatternError(reason: "\(reason)\n at \(location(of: position))")
    }

    /// How Jackson tells a place: the source, cut after 500 characters, line and column.
    private func location(of position: Int) -> String {
        let read = text.prefix(position)
        let line = read.count { $0 == 0x0A } + 1
        let begin = read.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = String(decoding: read[begin...], as: UTF8.self).utf16.count + 1
        let source = String(decoding: text, as: UTF8.self)
        let length = source.utf16.count
        let shown =
            length > 500 ? String(decoding: source.utf16.prefix(500), as: UTF16.self) : source
        let rest = length > 500 ? "[truncated \(length - 500) chars]" : ""
        return "[Source: (String)\"\(shown)\"\(rest); line: \(line), column: \(column)]"
    }
}
