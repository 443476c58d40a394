/// Where `$now`, `$millis`, `$random`, `$uuid` and `$shuffle` draw from: nothing else of an
/// evaluation depends on more than its input, so that a replay given the same agrees.
public struct JSONataSources: Sendable {
    /// The time of the evaluation, in milliseconds since 1970.
    public var milliseconds: Int64
    /// The state of the generator of random words.
    private var state: UInt64

    /// Sources for one evaluation.
    ///
    /// - Parameters:
    ///   - milliseconds: the time, in milliseconds since 1970.
    ///   - seed: what the random words are made from.
    public init(milliseconds: Int64, seed: UInt64) {
        self.milliseconds = milliseconds
        state = seed
    }

    /// The next random word (SplitMix64).
    mutating func word() -> UInt64 { Self.word(&state) }

    /// The next word of a generator with this state.
    static func word(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A double from 0 up to but not including 1.
    mutating func fraction() -> Double { Double(word() >> 11) * 0x1p-53 }
}
