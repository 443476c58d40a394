/// The codes of what a sequence is made of (RFC 8878, 3.1.1.3.2).
struct SequenceCode: Sendable {
    /// By symbol: the least value, and how many bits are added to it.
    private let values: [(base: Int, bits: Int)]
    /// The most symbols of a table, and bits of a state.
    let symbols: Int
    let accuracy: Int
    /// The table of blocks that bring none.
    private let counts: [Int]
    private let countsAccuracy: Int

    /// A code whose first symbols stand for numbers as they are.
    private init(
        direct: Range<Int>,
        values: [(base: Int, bits: Int)],
        symbols: Int,
        accuracy: Int,
        counts: [Int],
        countsAccuracy: Int
    ) {
        self.values = direct.map { (base: $0, bits: 0) } + values
        self.symbols = symbols
        self.accuracy = accuracy
        self.counts = counts
        self.countsAccuracy = countsAccuracy
    }

    /// The table of blocks that bring none.
    var table: StateTable? { try? StateTable(counts, accuracy: countsAccuracy) }

    /// The value of a symbol, its bits taken.
    func value(_ symbol: UInt8, _ bits: inout BackwardBits) throws(InflateFault) -> Int {
        guard Int(symbol) < values.count else { throw InflateFault() }
        let (base, count) = values[Int(symbol)]
        return base + bits.take(count)
    }

    /// Lengths of literals, distances and lengths of matches, in the order of their tables.
    static let all = [literals, distances, matches]

    static let literals = SequenceCode(
        direct: 0..<16,
        values: [
            (16, 1), (18, 1), (20, 1), (22, 1), (24, 2), (28, 2), (32, 3), (40, 3), (48, 4),
            (64, 6), (128, 7), (256, 8), (512, 9), (1_024, 10), (2_048, 11), (4_096, 12),
            (8_192, 13), (16_384, 14), (32_768, 15), (65_536, 16),
        ],
        symbols: 36,
        accuracy: 9,
        counts: [
            4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1,
            1, 1, 1, -1, -1, -1, -1,
        ],
        countsAccuracy: 6
    )

    static let matches = SequenceCode(
        direct: 3..<35,
        values: [
            (35, 1), (37, 1), (39, 1), (41, 1), (43, 2), (47, 2), (51, 3), (59, 3), (67, 4),
            (83, 4), (99, 5), (131, 7), (259, 8), (515, 9), (1_027, 10), (2_051, 11), (4_099, 12),
            (8_195, 13), (16_387, 14), (32_771, 15), (65_539, 16),
        ],
        symbols: 53,
        accuracy: 9,
        counts: [
            1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
        ],
        countsAccuracy: 6
    )

    static let distances = SequenceCode(
        direct: 0..<0,
        values: [],
        symbols: 32,
        accuracy: 8,
        counts: [
            1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1,
            -1,
        ],
        countsAccuracy: 5
    )
}
