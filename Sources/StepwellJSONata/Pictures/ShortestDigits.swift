/// The shortest decimal digits that read back as the same finite double, without its sign.
struct ShortestDigits {
    /// ASCII digits without leading or trailing zeros; a single `0` for zero.
    let digits: [UInt8]
    /// How many of the digits stand before the point; negative where zeros follow the point.
    let point: Int

    /// The digits of a finite value.
    init(_ value: Double) {
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        var negativeExponent = false
        var inExponent = false
        for byte in value.magnitude.description.utf8 {
            switch byte {
            case 0x2E: point = digits.count
            case 0x65: inExponent = true
            case 0x2D: negativeExponent = true
            case 0x30...0x39 where inExponent: exponent = exponent * 10 + Int(byte - 0x30)
            case 0x30...0x39: digits.append(byte)
            default: break
            }
        }
        var place = (point ?? digits.count) + (negativeExponent ? -exponent : exponent)
        let leading = digits.prefix { $0 == 0x30 }.count
        digits.removeFirst(leading)
        place -= leading
        while digits.last == 0x30 {
            digits.removeLast()
        }
        self.digits = digits.isEmpty ? [0x30] : digits
        self.point = digits.isEmpty ? 1 : place
    }
}
