/// Powers without a mathematics library, whose results differ between builds.
enum Power {
    /// As `Math.pow`: exact for whole exponents by squaring, else by exponential and logarithm.
    static func of(_ base: Double, _ exponent: Double) -> Double {
        if exponent == exponent.rounded(.towardZero), exponent.magnitude <= 0x1p31 {
            let result = whole(base, Int(exponent.magnitude))
            return exponent < 0 ? 1 / result : result
        }
        if exponent == 0.5 {
            return base.squareRoot()
        }
        guard base > 0 else {
            return base == 0 ? (exponent > 0 ? 0 : .infinity) : .nan
        }
        return fractional(base, exponent)
    }

    private static func whole(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        var factor = base
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 {
                result *= factor
            }
            factor *= factor
            rest >>= 1
        }
        return result
    }

    /// base^exponent = 2^(exponent · log2 base), in twice the precision of a double.
    private static func fractional(_ base: Double, _ exponent: Double) -> Double {
        let logarithm = naturalLogarithm(base)
        let high = logarithm.high * exponent
        let error = (-high).addingProduct(logarithm.high, exponent)
        let low = error + logarithm.low * exponent
        guard high.magnitude < 800 else {
            return high > 0 ? .infinity : 0
        }
        let scale = (high * 1.4426950408889634).rounded()
        let ln2High = 0.6931471803691238
        let ln2Low = 1.9082149292705877e-10
        let reduced = (high - scale * ln2High) - scale * ln2Low + low
        var term = 1.0
        var sum = 0.0
        for step in 1...22 {
            term *= reduced / Double(step)
            sum += term
        }
        return Double(sign: .plus, exponent: Int(scale), significand: 1 + sum)
    }

    /// The logarithm as a sum of two doubles.
    private static func naturalLogarithm(_ value: Double) -> (high: Double, low: Double) {
        var exponent = Double(value.exponent)
        var fraction = value.significand
        if fraction > 1.4142135623730951 {
            fraction /= 2
            exponent += 1
        }
        let ratio = (fraction - 1) / (fraction + 1)
        let remainder = (fraction - 1).addingProduct(-ratio, fraction + 1) / (fraction + 1)
        let square = ratio * ratio
        var series = 0.0
        for step in stride(from: 41, to: 1, by: -2) {
            series = series * square + 1 / Double(step)
        }
        let tail = 2 * (remainder + ratio * square * series)
        let whole = exponent * 0.6931471803691238
        let high = whole + (2 * ratio + tail)
        let low = (whole - high) + 2 * ratio + tail + exponent * 1.9082149292705877e-10
        return (high, low)
    }
}
