import StepwellHistory

/// A set of keys that may say "perhaps" for one that was not added, and never "no" for one that
/// was: about ten bits a key, one wrong "perhaps" in a hundred.
struct BloomFilter: Sendable, Hashable {
    static let bitsPerKey = 10
    static let probes = 7

    private(set) var words: [UInt64]

    /// A filter for this many keys.
    init(capacity: Int) {
        words = [UInt64](repeating: 0, count: max(1, capacity * Self.bitsPerKey / 64 + 1))
    }

    /// The filter with these words.
    init(words: [UInt64]) {
        self.words = words.isEmpty ? [0] : words
    }

    mutating func insert(_ key: some Sequence<UInt8>) {
        for bit in Self.bits(of: key, in: words.count) { words[bit / 64] |= 1 << (bit % 64) }
    }

    func mayContain(_ key: some Sequence<UInt8>) -> Bool {
        Self.bits(of: key, in: words.count).allSatisfy { words[$0 / 64] >> ($0 % 64) & 1 == 1 }
    }

    /// The places of a key; part of the format, hence fixed.
    private static func bits(of key: some Sequence<UInt8>, in wordCount: Int) -> [Int] {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let step = mix(hash) | 1
        let limit = UInt64(wordCount * 64)
        return (0..<UInt64(probes)).map { Int(mix(hash &+ $0 &* step) % limit) }
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
