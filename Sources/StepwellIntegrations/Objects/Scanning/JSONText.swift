extension [UInt8] {
    /// Appends bytes as the inside of a JSON string.
    mutating func appendInsideString(_ value: some Sequence<UInt8>) {
        for byte in value {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case ..<0x20:
                append(contentsOf: "\\u00".utf8)
                appendHexadecimal(byte)
            default:
                append(byte)
            }
        }
    }

    /// Appends a byte as two digits.
    mutating func appendHexadecimal(_ byte: UInt8) {
        for digit in [byte >> 4, byte & 15] {
            append(digit < 10 ? 0x30 + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }
}
