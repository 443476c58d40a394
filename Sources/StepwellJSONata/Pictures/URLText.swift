/// Percent encoding as ECMAScript's `encodeURI`, `encodeURIComponent` and their inverses do it.
package enum URLText {
    private static let unreserved = Set("-_.!~*'()".utf8)
    private static let reserved = Set(";/?:@&=+$,#".utf8)

    /// `$encodeUrl`: keeps what has a meaning in a URL.
    ///
    /// Takes UTF-16 code units.
    /// - Throws: `D3140` at a surrogate without its partner.
    package static func encode(
        _ units: some Sequence<UInt16>
    ) throws(JSONataPictureError) -> String {
        try escape(units, keepsReserved: true)
    }

    /// `$encodeUrlComponent`: keeps only letters, digits and `-_.!~*'()`.
    ///
    /// Takes UTF-16 code units.
    /// - Throws: `D3140` at a surrogate without its partner.
    package static func encodeComponent(
        _ units: some Sequence<UInt16>
    ) throws(JSONataPictureError) -> String {
        try escape(units, keepsReserved: false)
    }

    /// `$decodeUrl`: leaves the escapes of reserved characters as they are.
    ///
    /// - Throws: `D3140` at a malformed escape or one that is not UTF-8.
    package static func decode(
        _ units: some Sequence<UInt16>
    ) throws(JSONataPictureError) -> [UInt16] {
        try unescape(Array(units), keepsReserved: true)
    }

    /// `$decodeUrlComponent`: resolves every escape.
    ///
    /// - Throws: `D3140` at a malformed escape or one that is not UTF-8.
    package static func decodeComponent(
        _ units: some Sequence<UInt16>
    ) throws(JSONataPictureError) -> [UInt16] {
        try unescape(Array(units), keepsReserved: false)
    }

    private static func escape(
        _ units: some Sequence<UInt16>,
        keepsReserved: Bool
    ) throws(JSONataPictureError) -> String {
        var decoder = UTF16()
        var iterator = units.makeIterator()
        var output: [UInt8] = []
        while true {
            switch decoder.decode(&iterator) {
            case .emptyInput:
                return String(decoding: output, as: UTF8.self)
            case .error:
                throw JSONataPictureError("D3140")
            case .scalarValue(let scalar):
                append(scalar, to: &output, keepsReserved: keepsReserved)
            }
        }
    }

    private static func append(
        _ scalar: Unicode.Scalar,
        to output: inout [UInt8],
        keepsReserved: Bool
    ) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
            if isKept(byte, keepsReserved: keepsReserved) {
                output.append(byte)
            } else {
                output += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }

    private static func isKept(_ byte: UInt8, keepsReserved: Bool) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: unreserved.contains(byte) || (keepsReserved && reserved.contains(byte))
        }
    }

    private static func unescape(
        _ units: [UInt16],
        keepsReserved: Bool
    ) throws(JSONataPictureError) -> [UInt16] {
        var output: [UInt16] = []
        output.reserveCapacity(units.count)
        var index = 0
        while index < units.count {
            guard units[index] == 0x25 else {
                output.append(units[index])
                index += 1
                continue
            }
            let start = index
            var bytes = [try octet(units, at: index)]
            index += 3
            let length = sequenceLength(bytes[0])
            while bytes.count < length {
                bytes.append(try octet(units, at: index))
                index += 3
            }
            guard length > 0, let text = String(validating: bytes, as: UTF8.self) else {
                throw JSONataPictureError("D3140")
            }
            if keepsReserved, length == 1, reserved.contains(bytes[0]) {
                output += units[start..<index]
            } else {
                output += Array(text.utf16)
            }
        }
        return output
    }

    /// The bytes of the UTF-8 sequence that a byte opens; 0 when it can open none.
    private static func sequenceLength(_ byte: UInt8) -> Int {
        switch byte {
        case 0x00...0x7F: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }

    private static func octet(
        _ units: [UInt16],
        at index: Int
    ) throws(JSONataPictureError) -> UInt8 {
        guard index + 2 < units.count, units[index] == 0x25,
            let high = hexDigit(units[index + 1]), let low = hexDigit(units[index + 2])
        else {
            throw JSONataPictureError("D3140")
        }
        return high << 4 | low
    }

    private static func hexDigit(_ unit: UInt16) -> UInt8? {
        switch unit {
        case 0x30...0x39: UInt8(unit - 0x30)
        case 0x41...0x46: UInt8(unit - 0x41 + 10)
        case 0x61...0x66: UInt8(unit - 0x61 + 10)
        default: nil
        }
    }
}
