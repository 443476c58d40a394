import StepwellJSON
import StepwellJSONPath

/// Reads a call of an intrinsic function from the bytes of its text.
struct IntrinsicParser {
    private let bytes: [UInt8]
    private var position = 0
    private var functions = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The call that is the whole text, blanks around it left out.
    mutating func parseWhole() throws(IntrinsicSyntaxError) -> IntrinsicCall {
        skipBlanks()
        let call = try parseCall()
        skipBlanks()
        guard position == bytes.count else { throw failure("nothing may follow the call") }
        return call
    }

    private mutating func parseCall() throws(IntrinsicSyntaxError) -> IntrinsicCall {
        let start = position
        functions += 1
        guard functions <= IntrinsicLimits.functions else {
            let limit = IntrinsicLimits.functions
            throw failure("a field holds at most \(limit) intrinsic functions")
        }
        while let byte = peek, isNameByte(byte) {
            position += 1
        }
        let name = text(start..<position)
        guard let function = IntrinsicTable.function(named: name) else {
            throw failure("there is no intrinsic function '\(name)'", at: start)
        }
        skipBlanks()
        guard take(UInt8(ascii: "(")) else { throw failure("expected '(' after '\(name)'") }
        let arguments = try parseArguments()
        return IntrinsicCall(
            text: text(start..<position),
            function: function,
            arguments: arguments
        )
    }

    private mutating func parseArguments() throws(IntrinsicSyntaxError) -> [IntrinsicArgument] {
        var arguments: [IntrinsicArgument] = []
        skipBlanks()
        if take(UInt8(ascii: ")")) { return arguments }
        repeat {
            skipBlanks()
            arguments.append(try parseArgument())
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: ")")) else { throw failure("expected ',' or ')'") }
        return arguments
    }

    private mutating func parseArgument() throws(IntrinsicSyntaxError) -> IntrinsicArgument {
        switch peek {
        case UInt8(ascii: "'"): return .text(try parseText())
        case UInt8(ascii: "$"): return .path(try parsePath())
        case UInt8(ascii: "S"): return .call(try parseCall())
        default: return .value(try parseValue())
        }
    }

    /// A path reaches to the `,` or `)` outside of its own brackets, quotes and parentheses.
    private mutating func parsePath() throws(IntrinsicSyntaxError) -> JSONPath {
        let start = position
        var open = 0
        var quote: UInt8?
        scan: while let byte = peek {
            switch (byte, quote) {
            case (UInt8(ascii: "\\"), .some): position += 1
            case (let byte, let current?) where byte == current: quote = nil
            case (_, .some): break
            case (UInt8(ascii: "'"), nil) where open > 0, (UInt8(ascii: "\""), nil) where open > 0:
                quote = byte
            case (UInt8(ascii: "["), nil), (UInt8(ascii: "("), nil): open += 1
            case (UInt8(ascii: ","), nil) where open == 0: break scan
            case (UInt8(ascii: ")"), nil) where open == 0: break scan
            case (UInt8(ascii: "]"), nil), (UInt8(ascii: ")"), nil): open -= 1
            default: break
            }
            position += 1
        }
        position = min(position, bytes.count)
        do {
            return try JSONPath(parsing: text(start..<position))
        } catch {
            throw failure(error.reason, at: start + error.offset)
        }
    }

    private mutating func parseValue() throws(IntrinsicSyntaxError) -> JSONValue {
        let start = position
        while let byte = peek,
            isNameByte(byte) || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "+")
        {
            position += 1
        }
        do {
            let value = try JSONParser.parse(Array(bytes[start..<position]))
            switch value {
            case .null, .bool, .number: return value
            case .string, .array, .object: break
            }
        } catch {}
        throw failure(
            "expected a path, a 'string', a number, a call, true, false or null",
            at: start
        )
    }

    /// A string literal: `\'`, `\{`, `\}` and `\\` are the only escapes, and any other use of a
    /// backslash is refused, as AWS was recorded to do.
    private mutating func parseText() throws(IntrinsicSyntaxError) -> IntrinsicText {
        let start = position
        position += 1
        var whole: [UInt8] = []
        var pieces: [String] = []
        var piece: [UInt8] = []
        var unmatched: UnmatchedBrace?
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "'"):
                pieces.append(String(decoding: piece, as: UTF8.self))
                return IntrinsicText(
                    text: String(decoding: whole, as: UTF8.self),
                    pieces: pieces,
                    unmatched: unmatched
                )
            case UInt8(ascii: "\\"):
                let escaped = try parseEscape()
                whole.append(escaped)
                piece.append(escaped)
            case UInt8(ascii: "{") where peek == UInt8(ascii: "}"):
                position += 1
                whole += "{}".utf8
                pieces.append(String(decoding: piece, as: UTF8.self))
                piece = []
            default:
                unmatched = unmatched ?? UnmatchedBrace(byte)
                whole.append(byte)
                piece.append(byte)
            }
        }
        throw failure("the string has no closing quote", at: start)
    }

    private mutating func parseEscape() throws(IntrinsicSyntaxError) -> UInt8 {
        switch peek {
        case UInt8(ascii: "'"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\"):
            position += 1
            return bytes[position - 1]
        default:
            let reason = "a backslash escapes only ' { } and \\"
            throw failure(reason, at: position - 1)
        }
    }

    private var peek: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
            position += 1
        }
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte & 0xDF)
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func failure(_ reason: String, at offset: Int? = nil) -> IntrinsicSyntaxError {
        IntrinsicSyntaxError(reason: reason, offset: offset ?? position)
    }
}
