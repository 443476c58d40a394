/// Strings as JSONata means them: sequences of UTF-16 code units.
///
/// A Swift string cannot hold half a surrogate pair, which JSONata can make (an escape in a
/// literal, `$split` at every unit). Such a half is kept as two scalars, U+10FFFE, which Unicode
/// keeps out of text for good, and one from U+E000 to U+E7FF; where units or code points matter the
/// two become one again. Either scalar alone is itself, so that all text of the input is unharmed.
enum UTF16Text {
    private static let mark: Unicode.Scalar = "\u{10FFFE}"
    private static let base: UInt32 = 0xE000
    /// The bytes of a half: the mark's four and the scalar's three.
    static let halfLength = 7

    /// The code units.
    static func units(_ text: String) -> [UInt16] {
        var units: [UInt16] = []
        units.reserveCapacity(text.utf8.count)
        var isMarked = false
        for scalar in text.unicodeScalars {
            if isMarked, scalar.value & 0xFFFF_F800 == base {
                units.removeLast(2)
                units.append(UInt16(scalar.value - base + 0xD800))
            } else {
                units.append(contentsOf: UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter)
            }
            isMarked = scalar == mark
        }
        return units
    }

    /// The unit of the half that stands at a byte of UTF-8, or nil when none does.
    static func half(in bytes: Span<UInt8>, at place: Int) -> UInt16? {
        guard bytes[place] == 0xF4, place + halfLength <= bytes.count, bytes[place + 1] == 0x8F,
            bytes[place + 2] == 0xBF, bytes[place + 3] == 0xBE, bytes[place + 4] == 0xEE,
            bytes[place + 5] < 0xA0
        else {
            return nil
        }
        return 0xD800 + UInt16(bytes[place + 5] & 0x1F) << 6 + UInt16(bytes[place + 6] & 0x3F)
    }

    /// How many code points there are, halves among them.
    static func count(_ text: String) -> Int {
        let bytes = text.utf8Span.span
        var count = 0
        var place = 0
        while place < bytes.count {
            place += length(in: bytes, at: place)
            count += 1
        }
        return count
    }

    /// The offset in bytes of a code point, that of the end when there are fewer.
    static func offset(of position: Int, in text: String) -> Int {
        let bytes = text.utf8Span.span
        var place = 0
        var left = position
        while left > 0, place < bytes.count {
            place += length(in: bytes, at: place)
            left -= 1
        }
        return place
    }

    /// The bytes of the code point at a byte.
    @inline(__always)
    private static func length(in bytes: Span<UInt8>, at place: Int) -> Int {
        switch bytes[place] {
        case 0..<0x80: 1
        case 0x80..<0xE0: 2
        case 0xE0..<0xF0: 3
        default: half(in: bytes, at: place) == nil ? 4 : halfLength
        }
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
                append(first, to: &scalars)
            }
            switch unit & 0xFC00 {
            case 0xD800: high = unit
            case 0xDC00: append(unit, to: &scalars)
            default: scalars.append(Unicode.Scalar(unit) ?? "\u{FFFD}")
            }
        }
        if let high {
            append(high, to: &scalars)
        }
        return String(scalars)
    }

    /// One text behind the other; two halves that meet become a pair.
    static func joined(_ left: String, _ right: String) -> String {
        if right.utf8.first == 0xF4, left.utf8.suffix(halfLength).first == 0xF4 {
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

    private static func append(_ unit: UInt16, to scalars: inout String.UnicodeScalarView) {
        scalars.append(mark)
        scalars.append(Unicode.Scalar(base + UInt32(unit) - 0xD800) ?? "\u{FFFD}")
    }

    private static func pair(_ high: UInt16, _ low: UInt16) -> Unicode.Scalar {
        let value = 0x10000 + ((UInt32(high) & 0x3FF) << 10) + (UInt32(low) & 0x3FF)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
