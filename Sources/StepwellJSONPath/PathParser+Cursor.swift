extension PathParser {
    /// The byte at the position, or `nil` at the end.
    var peek: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    /// Steps over `scalar` when it is next.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    /// Steps over all of `text` when it is next.
    mutating func take(word text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    /// Steps over `scalar`, which has to be next.
    mutating func expect(_ scalar: Unicode.Scalar) throws(JSONPathSyntaxError) {
        guard take(scalar) else { throw unexpected("'\(scalar)'") }
    }

    mutating func skipBlanks() {
        while let byte = peek, byte.isBlank {
            position += 1
        }
    }

    /// The text of a range of bytes.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    func failure(_ reason: String, at offset: Int? = nil) -> JSONPathSyntaxError {
        JSONPathSyntaxError(reason: reason, offset: offset ?? position)
    }

    /// What was found instead of `expected`.
    func unexpected(_ expected: String) -> JSONPathSyntaxError {
        guard let byte = peek else { return failure("expected \(expected), found the end") }
        let found = byte < 0x80 ? "'\(Unicode.Scalar(byte))'" : "a character beyond ASCII"
        return failure("expected \(expected), found \(found)")
    }

    /// Counts one more level of nesting, refusing too many.
    mutating func enter() throws(JSONPathSyntaxError) {
        nesting += 1
        guard nesting <= PathLimits.nesting else {
            throw failure("a path nests at most \(PathLimits.nesting) levels deep")
        }
    }

    mutating func leave() {
        nesting -= 1
    }
}

extension UInt8 {
    var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    var isDigit: Bool { (0x30...0x39).contains(self) }

    /// A byte of an ASCII letter, digit or underscore, or of any character beyond ASCII.
    var isNameByte: Bool {
        isDigit || self == 0x5F || self >= 0x80 || (0x41...0x5A).contains(self & 0xDF)
    }
}
