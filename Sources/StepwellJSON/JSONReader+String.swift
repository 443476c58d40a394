extension JSONReader {
    /// A string, from its opening quote. Runs without escapes are taken over in one piece.
    mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        skipPlain()
        if current == UInt8(ascii: "\""), position < bytes.count {
            let text = try text(from: start, to: position)
            position += 1
            return text
        }
        return try escapedString(from: start)
    }

    /// Moves behind every byte that is neither quote, backslash nor control.
    @inline(__always)
    private mutating func skipPlain() {
        guard let base = bytes.baseAddress else { return }
        while position + 8 <= bytes.count {
            let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
            if Self.hasSpecialByte(word) { break }
            position += 8
        }
        while position < bytes.count {
            let byte = bytes[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            position += 1
        }
    }

    /// Whether one of eight bytes is a quote, a backslash or below 0x20 (may err towards true).
    @inline(__always)
    private static func hasSpecialByte(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let quotes = word ^ (ones &* 0x22)
        let slashes = word ^ (ones &* 0x5C)
        let found =
            ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes)
            | ((slashes &- ones) & ~slashes)
        return found & highs != 0
    }

    private func text(from start: Int, to end: Int) throws(JSONSyntaxError) -> String {
        let slice = UnsafeBufferPointer(rebasing: bytes[start..<end])
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw JSONSyntaxError(reason: "the text is not valid UTF-8", offset: start)
        }
        return text
    }

    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var buffer: [UInt8] = []
        var runStart = start
        while true {
            guard position < bytes.count else { throw error("the string has no end") }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                buffer.append(contentsOf: bytes[runStart..<position])
                guard let text = String(validating: buffer, as: UTF8.self) else {
                    throw JSONSyntaxError(reason: "the text is not valid UTF-8", offset: start)
                }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                buffer.append(contentsOf: bytes[runStart..<position])
                position += 1
                try appendEscape(to: &buffer)
                runStart = position
            case 0..<0x20:
                throw error("a control character has to be escaped in a string")
            default:
                position += 1
            }
            skipPlain()
        }
    }

    private mutating func appendEscape(to buffer: inout [UInt8]) throws(JSONSyntaxError) {
        let escape = current
        position += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(escape)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"): buffer.append(contentsOf: UTF8.encode(try unicodeEscape()) ?? .init())
        default:
            position -= 1
            throw unexpected("expected one of \" \\ / b f n r t u behind a backslash")
        }
    }

    /// A `\uXXXX` escape, or two that make a surrogate pair.
    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = position - 2
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
        if first < 0xDC00, current == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let second = try hexadecimal()
            if second >= 0xDC00, second < 0xE000 {
                let high = UInt32(first - 0xD800) << 10
                let low = UInt32(second - 0xDC00)
                if let scalar = Unicode.Scalar(0x10000 + high + low) { return scalar }
            }
        }
        throw JSONSyntaxError(
            reason: "a surrogate without its other half is no character", offset: start)
    }

    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch current {
            case 0x30...0x39: digit = current - 0x30
            case 0x41...0x46: digit = current - 0x41 + 10
            case 0x61...0x66: digit = current - 0x61 + 10
            default: throw unexpected("expected four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}
