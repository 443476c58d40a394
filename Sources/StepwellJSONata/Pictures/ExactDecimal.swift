/// The exact decimal expansion of a finite double's magnitude.
///
/// Every double is a whole number of powers of two and has therefore a finite expansion, of at
/// most 1,075 digits behind the point; rounding that expansion is what ECMAScript's `toFixed` and
/// `toPrecision` prescribe.
struct ExactDecimal {
    /// The digits, most significant first, without leading zeros; empty for zero.
    private(set) var digits: [UInt8]
    /// How many of the digits stand behind the point; may exceed their number.
    private(set) var scale: Int

    /// The expansion of a finite value without its sign.
    init(magnitudeOf value: Double) {
        precondition(value.isFinite, "only finite doubles have an expansion")
        var exponent = Int(value.exponentBitPattern) - 1_075
        var significand = value.significandBitPattern
        if value.exponentBitPattern == 0 {
            exponent += 1
        } else {
            significand |= 1 << 52
        }
        guard significand != 0 else {
            digits = []
            scale = 0
            return
        }
        let shift = significand.trailingZeroBitCount
        significand >>= UInt64(shift)
        exponent += shift
        var limbs = Self.limbs(of: significand)
        for _ in 0..<abs(exponent) {
            Self.multiply(&limbs, by: exponent > 0 ? 2 : 5)
        }
        digits = Self.digits(of: limbs)
        scale = max(0, -exponent)
    }

    /// The number of digits before the point, negative where zeros follow the point.
    var integerCount: Int { digits.count - scale }

    /// Rounds half away from zero so that no more than this many digits stand behind the point.
    mutating func round(toPlaces places: Int) {
        let dropped = scale - places
        guard dropped > 0 else {
            return
        }
        scale = places
        guard dropped <= digits.count else {
            digits = []
            return
        }
        let up = digits[digits.count - dropped] >= 5
        digits.removeLast(dropped)
        guard up else {
            return
        }
        var index = digits.count - 1
        while index >= 0, digits[index] == 9 {
            digits[index] = 0
            index -= 1
        }
        if index >= 0 {
            digits[index] += 1
        } else {
            digits.insert(1, at: 0)
        }
    }

    /// The text with exactly this many digits behind the point, as `toFixed` writes it.
    func text(places: Int) -> String {
        var all = digits
        if places > scale {
            all += [UInt8](repeating: 0, count: places - scale)
        }
        if all.count <= places {
            all = [UInt8](repeating: 0, count: places + 1 - all.count) + all
        }
        var bytes = all.map { $0 + 0x30 }
        if places > 0 {
            bytes.insert(0x2E, at: bytes.count - places)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let base: UInt64 = 1_000_000_000

    private static func limbs(of value: UInt64) -> [UInt64] {
        var rest = value
        var limbs: [UInt64] = []
        while rest > 0 {
            limbs.append(rest % base)
            rest /= base
        }
        return limbs
    }

    private static func multiply(_ limbs: inout [UInt64], by factor: UInt64) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let product = limbs[index] * factor + carry
            limbs[index] = product % base
            carry = product / base
        }
        if carry > 0 {
            limbs.append(carry)
        }
    }

    private static func digits(of limbs: [UInt64]) -> [UInt8] {
        var digits: [UInt8] = []
        for limb in limbs {
            var rest = limb
            for _ in 0..<9 {
                digits.append(UInt8(rest % 10))
                rest /= 10
            }
        }
        while digits.last == 0 {
            digits.removeLast()
        }
        return digits.reversed()
    }
}
