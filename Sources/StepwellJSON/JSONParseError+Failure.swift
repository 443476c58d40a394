extension JSONParseError {
    /// Gives a failure its words, line and column.
    init(_ failure: JSONFailure, in bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        let position = JSONPosition(offset: failure.offset, in: bytes)
        self.init(
            reason: Self.reason(failure, in: bytes, maximumDepth: maximumDepth),
            offset: position.offset,
            line: position.line,
            column: position.column
        )
    }

    private static func reason(
        _ failure: JSONFailure,
        in bytes: UnsafeBufferPointer<UInt8>,
        maximumDepth: Int
    ) -> String {
        let found = found(at: failure.offset, in: bytes)
        return switch failure.problem {
        case .unexpected(let expected): "unexpected \(found), expected \(expected)"
        case .unterminatedString: "unexpected end of text inside a string"
        case .controlCharacter: "\(found) in a string has to be written as an escape"
        case .invalidEscape: "invalid escape in a string: \\ followed by \(found)"
        case .invalidUnicodeEscape:
            "invalid escape in a string: \\u has to be followed by four hexadecimal digits"
        case .loneSurrogate:
            "the escape is half of a surrogate pair, which is no character on its own"
        case .invalidUTF8: "\(found) is not UTF-8 here"
        case .byteOrderMark: "the text starts with a byte order mark; it has to start with a value"
        case .leadingZero: "a number may not have a leading zero"
        case .repeatedKey: "the member \(key(at: failure.offset, in: bytes)) is given twice"
        case .tooDeep: "arrays and objects are nested deeper than \(maximumDepth) levels"
        }
    }

    /// The key whose quote is at `offset`, as it is written.
    private static func key(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        var end = offset + 1
        while end < bytes.count, bytes[end] != JSONByte.quote {
            end += bytes[end] == JSONByte.backslash ? 2 : 1
        }
        let key = bytes[offset...min(end, bytes.count - 1)]
        guard key.count > 100 else { return String(decoding: key, as: UTF8.self) }
        return String(decoding: key.prefix(100), as: UTF8.self) + "…\""
    }

    /// Names what stands at `offset`: a printable character itself, anything else by its code.
    private static func found(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard offset < bytes.count else {
            return "end of text"
        }
        let byte = bytes[offset]
        switch byte {
        case 0x20: return "space"
        case 0x21...0x7E: return "character '\(Unicode.Scalar(byte))'"
        case 0..<0x80: return "control character U+00\(hex(byte))"
        default: break
        }
        var decoder = UTF8()
        var rest = bytes[offset...].prefix(4).makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&rest) {
            return "character '\(scalar)'"
        }
        return "byte 0x\(hex(byte))"
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }
}

extension JSONParseError: CustomStringConvertible {
    /// The reason with its place, as in "unexpected end of text, expected a value (line 1,
    /// column 2)".
    public var description: String {
        "\(reason) (line \(line), column \(column))"
    }
}
