import StepwellJSON

/// A number as event patterns compare them: exact to six decimals, from -5,000,000,000 to
/// 5,000,000,000 ("Numeric matching", EventBridge user guide).
struct EventNumber: Sendable, Hashable, Comparable {
    /// Millionths.
    let millionths: Int64

    static let limit: Int64 = 5_000_000_000
    private static let million: Int64 = 1_000_000

    /// The number of a JSON number's text; nil when it is out of range or has more decimals.
    init?(_ text: String) {
        var digits: [UInt8] = []
        var exponent = 0
        var isNegative = false
        var isFraction = false
        var bytes = text.utf8[...]
        if bytes.first == UInt8(ascii: "-") {
            isNegative = true
            bytes = bytes.dropFirst()
        }
        while let byte = bytes.popFirst() {
            if (0x30...0x39).contains(byte) {
                digits.append(byte - 0x30)
                if isFraction { exponent -= 1 }
            } else if byte == UInt8(ascii: ".") {
                isFraction = true
            } else {
                guard let power = Int(Substring(bytes)), abs(power) < 10_000 else { return nil }
                exponent += power
                break
            }
        }
        guard let value = Self.scaled(digits, exponent: exponent + 6) else { return nil }
        guard value <= Self.limit * Self.million else { return nil }
        millionths = isNegative ? -value : value
    }

    /// Digits times ten to a power; nil when it is no integer or too large.
    private static func scaled(_ digits: [UInt8], exponent: Int) -> Int64? {
        var digits = digits[...]
        var exponent = exponent
        while let last = digits.last, last == 0, exponent < 0 {
            digits = digits.dropLast()
            exponent += 1
        }
        var value: Int64 = 0
        for digit in digits {
            let (product, isOver) = value.multipliedReportingOverflow(by: 10)
            let (sum, isOverToo) = product.addingReportingOverflow(Int64(digit))
            guard !isOver, !isOverToo else { return nil }
            value = sum
        }
        guard value != 0 else { return 0 }
        guard exponent >= 0 else { return nil }
        for _ in 0..<exponent {
            let (product, isOver) = value.multipliedReportingOverflow(by: 10)
            guard !isOver else { return nil }
            value = product
        }
        return value
    }

    static func < (lhs: EventNumber, rhs: EventNumber) -> Bool {
        lhs.millionths < rhs.millionths
    }
}
