/// Strings as JSONata means them: sequences of UTF-16 code units.
///
/// A Swift string cannot hold half a surrogate pair, which JSONata can make (an escape in a
/// literal, `$split` at every unit). Such a half is kept as a scalar of the last 2,048 code points
/// of plane 16, which Unicode leaves to private use, and becomes a unit again wherever units
/// matter.
enum UTF16Text {
    private static let base: UInt32 = 0x10F800

    /// The code units.
    static func units(_ text: String) -> [UInt16] {
        var units: [UInt16] = []
        units.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.value >= base {
                units.append(UInt16(scalar.value - base + 0xD800))
            } else {
                units.append(contentsOf: UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter)
            }
        }
        return units
    }

    /// The string of these code units.
    static func string(_ units: some Collection<UInt16>) -> String {
        var scalars = String.UnicodeScalarView()
        var high: UInt16?
        for unit in units {
            if let first = high {
                high = nil
                if unit & 0xFC00 == 0xDC00 {
                    scalars.append(pair(first, unit))
                    continue
                }
                scalars.append(half(first))
            }
            switch unit & 0xFC00 {
            case 0xD800: high = unit
            case 0xDC00: scalars.append(half(unit))
            default: scalars.append(Unicode.Scalar(unit) ?? "\u{FFFD}")
            }
        }
        if let high {
            scalars.append(half(high))
        }
        return String(scalars)
    }

    /// One text behind the other; two halves that meet become a pair.
    static func joined(_ left: String, _ right: String) -> String {
        if let last = left.unicodeScalars.last, last.value >= base,
            let first = right.unicodeScalars.first, first.value >= base
        {
            return string(units(left) + units(right))
        }
        return left + right
    }

    /// Whether `left` comes before `right` by code units.
    ///
    /// That is the order of UTF-8 bytes, but that surrogates come before U+E000 to U+FFFF.
    static func isLess(_ left: String, _ right: String) -> Bool {
        var first = left.utf8.makeIterator()
        var second = right.utf8.makeIterator()
        while true {
            guard let other = second.next() else {
                return false
            }
            guard let byte = first.next() else {
                return true
            }
            if byte != other {
                return rank(byte) < rank(other)
            }
        }
    }

    private static func rank(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0xEE, 0xEF: byte &+ 0x10
        default: byte
        }
    }

    private static func half(_ unit: UInt16) -> Unicode.Scalar {
        Unicode.Scalar(base + UInt32(unit) - 0xD800) ?? "\u{FFFD}"
    }

    private static func pair(_ high: UInt16, _ low: UInt16) -> Unicode.Scalar {
        let value = 0x10000 + ((UInt32(high) & 0x3FF) << 10) + (UInt32(low) & 0x3FF)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
