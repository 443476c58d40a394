/// Base64 as `$base64encode` and `$base64decode` do it: over bytes, one to each UTF-16 unit.
package enum Base64Text {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// The low bytes of the units in base64, with padding.
    ///
    /// Takes UTF-16 code units; beyond U+00FF only the low byte counts.
    package static func encode(_ units: some Sequence<UInt16>) -> String {
        let bytes = units.map { UInt8(truncatingIfNeeded: $0) }
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let chunk = bytes[index..<min(index + 3, bytes.count)]
            var word = 0
            for byte in chunk {
                word = word << 8 | Int(byte)
            }
            word <<= 8 * (3 - chunk.count)
            for place in 0..<4 {
                let isPadding = place > chunk.count
                output.append(isPadding ? 0x3D : alphabet[word >> (18 - 6 * place) & 63])
            }
            index += 3
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes that base64 text stands for, each as the character of its number.
    ///
    /// Both alphabets are read, what belongs to neither is passed over, and `=` ends the text.
    package static func decode(_ units: some Sequence<UInt16>) -> String {
        var scalars = String.UnicodeScalarView()
        var word: UInt32 = 0
        var bits = 0
        for unit in units {
            if unit == 0x3D {
                break
            }
            guard let digit = digit(unit) else {
                continue
            }
            word = (word << 6 | digit) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                scalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: word >> UInt32(bits))))
            }
        }
        return String(scalars)
    }

    private static func digit(_ unit: UInt16) -> UInt32? {
        switch unit {
        case 0x41...0x5A: UInt32(unit - 0x41)
        case 0x61...0x7A: UInt32(unit - 0x61 + 26)
        case 0x30...0x39: UInt32(unit - 0x30 + 52)
        case 0x2B, 0x2D: 62
        case 0x2F, 0x5F: 63
        default: nil
        }
    }
}
