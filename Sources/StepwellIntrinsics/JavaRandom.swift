/// `java.util.Random`, which AWS draws from when `States.MathRandom` is given a seed.
struct JavaRandom {
    private static let multiplier: UInt64 = 0x5_DEEC_E66D
    private static let mask: UInt64 = 1 << 48 - 1
    private var state: UInt64

    init(seed: Int64) {
        state = (UInt64(bitPattern: seed) ^ Self.multiplier) & Self.mask
    }

    /// A number of a range that is not empty.
    mutating func next(in range: Range<Int32>) -> Int32 {
        guard let width = Int32(exactly: Int64(range.upperBound) - Int64(range.lowerBound)) else {
            // Wider than what can be cut to size: drawn until one falls into it.
            while true {
                let drawn = next(bits: 32)
                if range.contains(drawn) { return drawn }
            }
        }
        return range.lowerBound + next(below: width)
    }

    private mutating func next(below bound: Int32) -> Int32 {
        var drawn = next(bits: 31)
        if bound & (bound - 1) == 0 {
            return Int32(truncatingIfNeeded: (Int64(bound) * Int64(drawn)) >> 31)
        }
        // What is left over at the end of the range would favour its start.
        while drawn &- drawn % bound &+ (bound - 1) < 0 { drawn = next(bits: 31) }
        return drawn % bound
    }

    private mutating func next(bits: UInt64) -> Int32 {
        state = (state &* Self.multiplier &+ 0xB) & Self.mask
        return Int32(truncatingIfNeeded: state >> (48 - bits))
    }
}
