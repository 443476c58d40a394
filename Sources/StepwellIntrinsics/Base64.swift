/// Base64 of RFC 4648, section 4, with padding, as Java's basic encoder and decoder have it.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var word: UInt32 = 0
            for position in 0..<3 {
                word = word << 8 | (position < group.count ? UInt32(group[start + position]) : 0)
            }
            for position in 0..<4 {
                let digit = alphabet[Int(word >> UInt32(18 - 6 * position) & 63)]
                text.append(position <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or `nil` for any other text; the padding may be left out.
    static func decode(_ text: String.UTF8View) -> [UInt8]? {
        let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let digits = text.dropLast(padding)
        let rest = digits.count % 4
        guard rest != 1, padding == 0 || padding == (4 - rest) % 4 else { return nil }
        var bytes: [UInt8] = []
        var word: UInt32 = 0
        var bits = 0
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            word = word << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
                word &= (1 << UInt32(bits)) - 1
            }
        }
        return bytes
    }

    /// The bytes as Java's decoder for MIME reads them, or `nil` where it fails: what is not of the
    /// alphabet is passed over, and the padding ends the text.
    ///
    /// A padding of two is not parted; what comes after it may be anything but digits.
    static func decodeMIME(_ text: String.UTF8View) -> [UInt8]? {
        let padding = UInt8(ascii: "=")
        let end = text.firstIndex(of: padding) ?? text.endIndex
        let digits = text[..<end].filter { value(of: $0) != nil }
        var rest = text[end...].dropFirst()
        let isPadded = end < text.endIndex
        switch digits.count % 4 {
        case 0 where isPadded, 1: return nil
        case 2 where isPadded:
            guard rest.first == padding else { return nil }
            rest = rest.dropFirst()
        default: break
        }
        guard rest.allSatisfy({ value(of: $0) == nil }) else { return nil }
        return decode(String(decoding: digits, as: UTF8.self).utf8)
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case 0x41...0x5A: UInt32(digit - 0x41)
        case 0x61...0x7A: UInt32(digit - 0x61 + 26)
        case 0x30...0x39: UInt32(digit - 0x30 + 52)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
