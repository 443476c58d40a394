/// The generator of `java.util.Random`, which AWS draws from where `$random` has a seed.
enum JavaRandom {
    private static let multiplier: UInt64 = 0x5_DEEC_E66D
    private static let mask: UInt64 = (1 << 48) - 1

    /// The first `nextDouble()` of a generator with this seed.
    static func firstDouble(seed: Int64) -> Double {
        var state = (UInt64(bitPattern: seed) ^ multiplier) & mask
        let high = next(26, &state)
        let low = next(27, &state)
        return Double(high << 27 + low) * 0x1p-53
    }

    private static func next(_ bits: UInt64, _ state: inout UInt64) -> UInt64 {
        state = (state &* multiplier &+ 0xB) & mask
        return state >> (48 - bits)
    }
}
