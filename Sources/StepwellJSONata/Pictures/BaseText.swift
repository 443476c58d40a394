/// Integers in another base, as `$formatBase` writes them.
package enum BaseText {
    /// The value, rounded half to even, in a base from 2 to 36, with lower-case letters.
    ///
    /// - Throws: `D3100` when the rounded radix is out of range.
    package static func format(
        _ value: Double,
        radix: Double = 10
    ) throws(JSONataPictureError) -> String {
        let integer = NumberText.round(value)
        let base = NumberText.round(radix)
        guard base >= 2, base <= 36 else {
            throw JSONataPictureError("D3100", value: NumberText.string(base))
        }
        guard integer.isFinite, base != 10 else {
            return NumberText.string(integer)
        }
        var rest = integer.magnitude
        var digits: [UInt8] = []
        // Beyond 2^53 the low digits mean nothing; V8 writes zeros for them.
        while rest >= 0x1p53 {
            rest /= base
            digits.append(0x30)
        }
        rest = rest.rounded(.towardZero)
        repeat {
            let digit = UInt8(rest.truncatingRemainder(dividingBy: base))
            digits.append(digit < 10 ? digit + 0x30 : digit - 10 + 0x61)
            rest = ((rest - Double(digit)) / base).rounded(.towardZero)
        } while rest > 0
        if integer < 0 {
            digits.append(0x2D)
        }
        return String(decoding: digits.reversed(), as: UTF8.self)
    }
}
