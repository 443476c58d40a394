/// The exact value of a number's text: `±0.d₁d₂…dₙ × 10^exponent`, without zeros at either end.
struct JSONDecimal: Equatable {
    private(set) var isNegative = false
    private(set) var digits: [UInt8] = []
    private(set) var exponent = 0

    /// Takes apart a text of JSON's grammar for numbers.
    ///
    /// A written exponent of more than 15 digits counts as 10^15: such values are all out of any
    /// range, and are not told apart.
    init(_ text: String) {
        var written = WrittenExponent()
        var hasPoint = false
        for byte in text.utf8 {
            switch byte {
            case _ where written.isOpen: written.add(byte)
            case JSONByte.minus: isNegative = true
            case JSONByte.point: hasPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): written.isOpen = true
            default:
                let isLeadingZero = byte == JSONByte.zero && digits.isEmpty
                if !isLeadingZero {
                    digits.append(byte &- JSONByte.zero)
                }
                exponent += hasPoint == isLeadingZero ? (hasPoint ? -1 : 1) : 0
            }
        }
        while digits.last == 0 {
            digits.removeLast()
        }
        exponent += written.value
        if digits.isEmpty {
            isNegative = false
            exponent = 0
        }
    }

    /// The value as an integer type, when it is integral and in range.
    func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        // No type here holds 40 digits.
        guard digits.count <= exponent || digits.isEmpty, exponent < 40 else {
            return nil
        }
        var value: Integer = 0
        for place in 0..<max(exponent, 0) {
            let digit = place < digits.count ? Integer(digits[place]) : 0
            let (shifted, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, exceeded) =
                isNegative
                ? shifted.subtractingReportingOverflow(digit)
                : shifted.addingReportingOverflow(digit)
            if overflowed || exceeded {
                return nil
            }
            value = sum
        }
        return value
    }

    private struct WrittenExponent {
        var isOpen = false
        private var isNegative = false
        private var magnitude = 0

        var value: Int { isNegative ? -magnitude : magnitude }

        mutating func add(_ byte: UInt8) {
            switch byte {
            case JSONByte.minus: isNegative = true
            case JSONByte.plus: break
            default:
                let digit = Int(byte &- JSONByte.zero)
                magnitude = min(magnitude * 10 + digit, 1_000_000_000_000_000)
            }
        }
    }
}
