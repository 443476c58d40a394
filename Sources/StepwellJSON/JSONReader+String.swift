extension JSONReader {
    /// Reads a string; the cursor is on its opening quote.
    mutating func readString() throws(JSONFailure) -> String {
        cursor += 1
        let first = cursor
        var nonASCII: UInt64 = 0
        var hasEscape = false
        while true {
            nonASCII |= skipPlain()
            guard cursor < end else {
                throw failure(.unterminatedString)
            }
            if cursor.pointee == JSONByte.quote {
                break
            }
            guard cursor.pointee == JSONByte.backslash else {
                throw failure(.controlCharacter)
            }
            guard end - cursor >= 2 else {
                cursor = end
                throw failure(.unterminatedString)
            }
            hasEscape = true
            cursor += 2
        }
        let content = UnsafeBufferPointer(start: first, count: cursor - first)
        cursor += 1
        if nonASCII != 0 {
            try validate(content)
        }
        if hasEscape {
            return try unescape(content)
        }
        return Self.string(content, isASCII: nonASCII == 0)
    }

    /// Moves to the next `"`, `\` or control character, or to the end; the result is not zero when
    /// a byte beyond ASCII was passed.
    @inline(__always)
    private mutating func skipPlain() -> UInt64 {
        var nonASCII: UInt64 = 0
        while end - cursor >= 8 {
            let word = ByteWord.load(cursor)
            let mask = ByteWord.interruptions(in: word)
            if mask != 0 {
                let passed = (mask & (0 &- mask)) &- 1
                cursor += ByteWord.firstIndex(of: mask)
                return nonASCII | (ByteWord.nonASCII(in: word) & passed)
            }
            nonASCII |= ByteWord.nonASCII(in: word)
            cursor += 8
        }
        while cursor < end {
            let byte = cursor.pointee
            if byte == JSONByte.quote || byte == JSONByte.backslash || byte < JSONByte.space {
                break
            }
            nonASCII |= UInt64(byte & 0x80)
            cursor += 1
        }
        return nonASCII
    }

    @inline(__always)
    private static func string(_ content: UnsafeBufferPointer<UInt8>, isASCII: Bool) -> String {
        String(
            copying: UTF8Span(
                unchecked: Span(_unsafeElements: content),
                isKnownASCII: isASCII
            )
        )
    }

    private func validate(_ content: UnsafeBufferPointer<UInt8>) throws(JSONFailure) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: Span(_unsafeElements: content))
        } catch {
            let first = content.baseAddress ?? start
            throw failure(.invalidUTF8, at: first + error.byteOffsets.lowerBound)
        }
    }

    /// Puts a string with escapes together; `content` is valid UTF-8 without bare quotes.
    private mutating func unescape(
        _ content: UnsafeBufferPointer<UInt8>
    ) throws(JSONFailure) -> String {
        scratch.removeAll(keepingCapacity: true)
        var place = 0
        while place < content.count {
            let rest = UnsafeBufferPointer(rebasing: content[place...])
            guard let run = rest.firstIndex(of: JSONByte.backslash) else {
                scratch.append(contentsOf: rest)
                break
            }
            scratch.append(contentsOf: rest[..<run])
            place += run + (try appendEscape(UnsafeBufferPointer(rebasing: rest[run...])))
        }
        return scratch.withUnsafeBufferPointer { Self.string($0, isASCII: false) }
    }

    /// Appends what the escape at the start of `rest` stands for, and returns its length.
    private mutating func appendEscape(
        _ rest: UnsafeBufferPointer<UInt8>
    ) throws(JSONFailure) -> Int {
        let place = rest.baseAddress ?? start
        switch rest[1] {
        case JSONByte.quote, JSONByte.backslash, UInt8(ascii: "/"): scratch.append(rest[1])
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "n"): scratch.append(JSONByte.lineFeed)
        case UInt8(ascii: "r"): scratch.append(JSONByte.carriageReturn)
        case UInt8(ascii: "t"): scratch.append(JSONByte.tab)
        case UInt8(ascii: "u"):
            let (scalar, length) = try unicodeEscape(rest, at: place)
            scratch.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            return length
        default: throw failure(.invalidEscape, at: place + 1)
        }
        return 2
    }

    /// The scalar and the length of a `\u` escape, or of two that form a surrogate pair.
    private func unicodeEscape(
        _ rest: UnsafeBufferPointer<UInt8>,
        at place: UnsafePointer<UInt8>
    ) throws(JSONFailure) -> (scalar: Unicode.Scalar, length: Int) {
        guard let unit = Self.hexUnit(rest, at: 2) else {
            throw failure(.invalidUnicodeEscape, at: place)
        }
        if let scalar = Unicode.Scalar(unit) {
            return (scalar, 6)
        }
        guard 0xD800..<0xDC00 ~= unit, rest.count >= 12, rest[6] == JSONByte.backslash,
            rest[7] == UInt8(ascii: "u"), let low = Self.hexUnit(rest, at: 8),
            0xDC00..<0xE000 ~= low,
            let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        else {
            throw failure(.loneSurrogate, at: place)
        }
        return (scalar, 12)
    }

    private static func hexUnit(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt32? {
        guard bytes.count >= offset + 4 else {
            return nil
        }
        var unit: UInt32 = 0
        for byte in bytes[offset..<(offset + 4)] {
            let digit: UInt8
            switch byte {
            case JSONByte.zero...JSONByte.nine: digit = byte - JSONByte.zero
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}
