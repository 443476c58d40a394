/// What Jackson, which reads JSON for AWS, says of a text that is none.
///
/// The sentences and places are those of a `ReaderBasedJsonParser` over a string: a place is behind
/// what was read last, the character that was not expected included.
package struct JacksonSentence {
    private struct Failure: Error {
        let reason: String
    }

    /// An object or array that is open.
    private struct Container {
        let isObject: Bool
        /// Where it opens; its place is made of that only when it is told.
        let offset: Int
        var isBegun = false
    }

    private let text: [UInt16]
    private let source: String
    private var next = 0
    private var open: [Container] = []

    /// The sentence and, in a line of its own, the place, as in `at [Source: (String)"{"; line: 1,
    /// column: 2]`; nil when Jackson finds nothing wrong.
    package static func about(_ bytes: [UInt8]) -> String? {
        var reader = JacksonSentence(Array(String(decoding: bytes, as: UTF8.self).utf16))
        do throws(Failure) {
            try reader.read()
            return nil
        } catch {
            return "\(error.reason)\n at \(reader.place(reader.next))"
        }
    }

    private init(_ text: [UInt16]) {
        self.text = text
        let shown = String(decoding: text.prefix(500), as: UTF16.self)
        let rest = text.count > 500 ? "[truncated \(text.count - 500) chars]" : ""
        source = "(String)\"\(shown)\"\(rest)"
    }

    private func place(_ offset: Int) -> String {
        let read = text.prefix(offset)
        let line = read.count { $0 == 0x0A } + 1
        let begin = read.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return "[Source: \(source); line: \(line), column: \(offset - begin + 1)]"
    }

    // MARK: Reading

    private mutating func read() throws(Failure) {
        try value()
        while let container = open.last {
            guard let unit = space() else { throw unclosed(container) }
            if unit == (container.isObject ? Self.brace : Self.bracket) {
                next += 1
                open.removeLast()
                continue
            }
            if unit == Self.brace || unit == Self.bracket { throw mismatch(unit, container) }
            try element(of: container)
        }
        if space() != nil { try value() }
    }

    private mutating func element(of container: Container) throws(Failure) {
        let kind = container.isObject ? "Object" : "Array"
        if container.isBegun {
            try expect(Self.comma, "was expecting comma to separate \(kind) entries")
            guard space() != nil else { throw truncated(" within/between \(kind) entries") }
        }
        open[open.count - 1].isBegun = true
        if container.isObject { try name() }
        try value()
    }

    private mutating func name() throws(Failure) {
        try expect(Self.quote, "was expecting double-quote to start field name")
        try string(" in field name", "name")
        guard space() != nil else { throw truncated(" within/between Object entries") }
        try expect(Self.colon, "was expecting a colon to separate field name and value")
        guard space() != nil else { throw truncated(" within/between Object entries") }
    }

    private mutating func value() throws(Failure) {
        guard let unit = space() else { throw truncated("") }
        switch unit {
        case 0x7B, 0x5B:
            open.append(Container(isObject: unit == 0x7B, offset: next))
            next += 1
        case Self.quote:
            next += 1
            try string(": was expecting closing quote for a string value", "string value")
        case Self.plus:
            next += 1
            throw noDigit(after: "+")
        case Self.minus, 0x30...0x39: try number()
        default: try token()
        }
    }

    private mutating func token() throws(Failure) {
        let begin = next
        while next < text.count, Self.isIdentifier(text[next]) { next += 1 }
        guard next > begin else { throw unexpected("expected a valid value \(Self.values)") }
        let word = String(decoding: text[begin..<next], as: UTF16.self)
        if ["NaN", "Infinity"].contains(word) { throw Self.nonStandard(word) }
        guard ["true", "false", "null"].contains(word) else { throw unrecognized(from: begin) }
    }

    /// What is between a place and the next character is no token; Jackson reads so much of it.
    private mutating func unrecognized(from begin: Int) -> Failure {
        let isCut = next - begin >= Self.longestToken
        if isCut { next = begin + Self.longestToken }
        let word = String(decoding: text[begin..<next], as: UTF16.self)
        return Failure(
            reason: "Unrecognized token '\(word)\(isCut ? "..." : "")': was expecting "
                + Self.values
        )
    }

    private static func nonStandard(_ token: String) -> Failure {
        Failure(
            reason: "Non-standard token '\(token)': enable "
                + "JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow"
        )
    }

    private mutating func string(_ unclosed: String, _ part: String) throws(Failure) {
        while next < text.count {
            let unit = text[next]
            next += 1
            if unit == Self.quote { return }
            if unit < 0x20 {
                throw Failure(
                    reason: "Illegal unquoted character ((CTRL-CHAR, code \(unit))): has to be "
                        + "escaped using backslash to be included in \(part)"
                )
            }
            if unit == Self.backslash { try escape() }
        }
        throw truncated(unclosed)
    }

    private mutating func escape() throws(Failure) {
        guard let unit = peek else { throw truncated(" in character escape sequence") }
        next += 1
        if unit == 0x75 {
            for _ in 0..<4 {
                guard let digit = peek else { throw truncated(" in character escape sequence") }
                next += 1
                guard Self.isHexadecimal(digit) else {
                    throw Failure(
                        reason: "Unexpected character (\(Self.shown(digit))): expected a hex-digit "
                            + "for character escape sequence"
                    )
                }
            }
        } else if !"\"\\/bfnrt".utf16.contains(unit) {
            throw Failure(reason: "Unrecognized character escape \(Self.shown(unit))")
        }
    }

    private mutating func number() throws(Failure) {
        if peek == Self.minus { next += 1 }
        let begin = next
        guard digits() > 0 else { throw noDigit(after: "-") }
        if text[begin] == 0x30, next > begin + 1 {
            next = begin + 1
            throw Failure(reason: "Invalid numeric value: Leading zeroes not allowed")
        }
        if peek == 0x2E {
            next += 1
            if digits() == 0 { throw numeric("Decimal point not followed by a digit") }
        }
        if peek == 0x65 || peek == 0x45 {
            next += 1
            if peek == 0x2B || peek == 0x2D { next += 1 }
            if digits() == 0 { throw numeric("Exponent indicator not followed by a digit") }
        }
        if open.isEmpty, let unit = peek, unit > 0x20 {
            throw unexpected("Expected space separating root-level values")
        }
    }

    /// What comes after a sign in place of a digit; the sentence of a plus speaks of minus, too.
    private mutating func noDigit(after sign: String) -> Failure {
        let sentence = "expected digit (0-9) to follow minus sign, for valid numeric value"
        let begin = next - 1
        guard peek == UInt16(0x49) else { return numeric(sentence) }
        next += 1
        let names = [UInt16(0x4E): "INF", 0x6E: "Infinity"]
        guard let unit = peek, let name = names[unit] else { return numeric(sentence) }
        while next < text.count, Self.isIdentifier(text[next]) { next += 1 }
        let word = String(decoding: text[begin..<next], as: UTF16.self)
        return word == sign + name ? Self.nonStandard(word) : unrecognized(from: begin)
    }

    private mutating func digits() -> Int {
        let begin = next
        while let unit = peek, (0x30...0x39).contains(unit) { next += 1 }
        return next - begin
    }

    private var peek: UInt16? { next < text.count ? text[next] : nil }

    /// Passes over white space.
    private mutating func space() -> UInt16? {
        while let unit = peek, unit == 0x20 || unit == 0x09 || unit == 0x0A || unit == 0x0D {
            next += 1
        }
        return peek
    }

    private mutating func expect(_ unit: UInt16, _ sentence: String) throws(Failure) {
        guard peek == unit else { throw unexpected(sentence) }
        next += 1
    }

    // MARK: What is wrong

    private mutating func unexpected(_ sentence: String) -> Failure {
        guard let unit = peek else { return truncated("") }
        next += 1
        return Failure(reason: "Unexpected character (\(Self.shown(unit))): \(sentence)")
    }

    private mutating func numeric(_ sentence: String) -> Failure {
        guard let unit = peek else { return truncated(" in a number") }
        next += 1
        return Failure(
            reason: "Unexpected character (\(Self.shown(unit))) in numeric value: \(sentence)"
        )
    }

    private func truncated(_ within: String) -> Failure {
        Failure(reason: "Unexpected end-of-input\(within)")
    }

    private func unclosed(_ container: Container) -> Failure {
        let kind = container.isObject ? "Object" : "Array"
        let place = place(container.offset)
        return truncated(": expected close marker for \(kind) (start marker at \(place))")
    }

    private mutating func mismatch(_ unit: UInt16, _ container: Container) -> Failure {
        next += 1
        let closer = String(decoding: [unit], as: UTF16.self)
        let (kind, wanted) = container.isObject ? ("Object", "}") : ("Array", "]")
        return Failure(
            reason: "Unexpected close marker '\(closer)': expected '\(wanted)' (for \(kind) "
                + "starting at \(place(container.offset)))"
        )
    }

    // MARK: Characters

    /// How many characters of a token Jackson reads before it gives up.
    private static let longestToken = 256
    private static let quote = UInt16(0x22)
    private static let values =
        "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    private static let plus = UInt16(0x2B)
    private static let comma = UInt16(0x2C)
    private static let minus = UInt16(0x2D)
    private static let colon = UInt16(0x3A)
    private static let backslash = UInt16(0x5C)
    private static let bracket = UInt16(0x5D)
    private static let brace = UInt16(0x7D)

    private static func shown(_ unit: UInt16) -> String {
        if unit < 0x20 { return "(CTRL-CHAR, code \(unit))" }
        let text = String(decoding: [unit], as: UTF16.self)
        let code = unit > 0xFF ? "\(unit) / 0x\(String(unit, radix: 16))" : "\(unit)"
        return "'\(text)' (code \(code))"
    }

    private static func isIdentifier(_ unit: UInt16) -> Bool {
        (0x61...0x7A).contains(unit | 0x20) || (0x30...0x39).contains(unit) || unit == 0x5F
            || unit == 0x24 || unit >= 0x80
    }

    private static func isHexadecimal(_ unit: UInt16) -> Bool {
        (0x30...0x39).contains(unit) || (0x61...0x66).contains(unit | 0x20)
    }
}
