/// Decodes runs of a value, and values packed bit by bit (Parquet's `Encodings.md`, "RLE").
///
/// Values are decoded as they are asked for: a run of any length takes no room.
struct HybridDecoder: Sendable {
    private let bytes: [UInt8]
    private let end: Int
    private let width: Int
    private var index: Int
    /// How many values of the run are left, and what they are; nil when they are packed.
    private var left = 0
    private var repeated: UInt32?
    private var bits: UInt64 = 0
    private var bitCount = 0

    /// `width` is that of a value in bits.
    init(_ bytes: [UInt8], _ range: Range<Int>, width: Int) throws(ParquetFault) {
        guard width <= 32 else { throw .malformed("values of it are \(width) bits wide") }
        self.bytes = bytes
        self.width = width
        index = range.lowerBound
        end = range.upperBound
    }

    mutating func next() throws(ParquetFault) -> UInt32 {
        while left == 0 { try nextRun() }
        left -= 1
        if let repeated { return repeated }
        while bitCount < width {
            guard index < end else { throw .endsEarly }
            bits |= UInt64(bytes[index]) << UInt64(bitCount)
            bitCount += 8
            index += 1
        }
        let value = UInt32(truncatingIfNeeded: bits & (1 << UInt64(width) - 1))
        bits >>= UInt64(width)
        bitCount -= width
        return value
    }

    private mutating func nextRun() throws(ParquetFault) {
        let head = try UInt64.varint(bytes, &index, end: end)
        guard head >> 1 <= UInt64(Int32.max) else { throw .malformed("a run of it has no end") }
        (bits, bitCount) = (0, 0)
        if head & 1 == 1 {
            left = Int(head >> 1) * 8
            repeated = nil
            return
        }
        left = Int(head >> 1)
        let count = (width + 7) / 8
        guard count <= end - index else { throw .endsEarly }
        var value: UInt32 = 0
        for place in 0..<count { value |= UInt32(bytes[index + place]) << UInt32(8 * place) }
        repeated = value
        index += count
    }

    /// How many bits a number up to another needs.
    static func width(of most: Int) -> Int { Int.bitWidth - most.leadingZeroBitCount }
}
