/// Whole numbers by their distance from the one before (Parquet's "DELTA_BINARY_PACKED").
struct DeltaDecoder: ValueDecoder {
    private let bytes: [UInt8]
    private let end: Int
    private let is32Bits: Bool
    private var index: Int
    /// Values that were not given yet.
    private(set) var left = 0
    private var value: Int64 = 0
    private var isFirst = true
    private var valuesPerMini = 0
    private var minisPerBlock = 0
    private var leastDelta: Int64 = 0
    /// Where the widths of the block's parts are, and which is at hand.
    private var widths = 0
    private var mini = 0
    private var width: UInt8 = 0
    /// Values of the part at hand that were not given yet, and where its bits are.
    private var leftOfMini = 0
    private var miniStart = 0
    private var bit = 0

    init(_ bytes: [UInt8], _ range: Range<Int>, is32Bits: Bool = false) throws(ParquetFault) {
        self.bytes = bytes
        self.is32Bits = is32Bits
        index = range.lowerBound
        end = range.upperBound
        guard !range.isEmpty else { return }
        let block = try count()
        minisPerBlock = try count()
        left = try count()
        value = .zigzag(try .varint(bytes, &index, end: end))
        guard minisPerBlock > 0, minisPerBlock <= range.count || left <= 1,
            block % minisPerBlock == 0, block / minisPerBlock % 8 == 0, block > 0
        else { throw .malformed("a block of its differences has no sound size") }
        valuesPerMini = block / minisPerBlock
        mini = minisPerBlock
    }

    private mutating func count() throws(ParquetFault) -> Int {
        let count = try UInt64.varint(bytes, &index, end: end)
        guard count <= UInt64(Int32.max) else { throw .malformed("it counts too far") }
        return Int(count)
    }

    mutating func next() throws(ParquetFault) -> ParquetValue { .integer(try number()) }

    /// The next number.
    mutating func number() throws(ParquetFault) -> Int64 {
        guard left > 0 else { throw .endsEarly }
        left -= 1
        if isFirst {
            isFirst = false
            return value
        }
        if leftOfMini == 0 { try nextMini() }
        leftOfMini -= 1
        value &+= leastDelta &+ Int64(bitPattern: packed())
        if is32Bits { value = Int64(Int32(truncatingIfNeeded: value)) }
        return value
    }

    /// Goes to the next part of a block.
    private mutating func nextMini() throws(ParquetFault) {
        if mini == minisPerBlock {
            leastDelta = .zigzag(try .varint(bytes, &index, end: end))
            guard minisPerBlock <= end - index else { throw .endsEarly }
            widths = index
            index += minisPerBlock
            mini = 0
        }
        width = bytes[widths + mini]
        guard width <= 64 else { throw .malformed("values of it are \(width) bits wide") }
        mini += 1
        leftOfMini = valuesPerMini
        let size = valuesPerMini / 8 * Int(width)
        guard size <= end - index else { throw .endsEarly }
        miniStart = index
        bit = 0
        index += size
    }

    private mutating func packed() -> UInt64 {
        var value: UInt64 = 0
        var found = 0
        while found < Int(width) {
            let byte = UInt64(bytes[miniStart + bit / 8]) >> UInt64(bit % 8)
            let count = min(8 - bit % 8, Int(width) - found)
            value |= (byte & (1 << UInt64(count) - 1)) << UInt64(found)
            found += count
            bit += count
        }
        return value
    }

    /// Where the numbers end, found without decoding them.
    func place() throws(ParquetFault) -> Int {
        var rest = self
        var left = max(0, self.left - 1)
        while left > 0 {
            try rest.nextMini()
            left -= min(left, valuesPerMini)
        }
        return rest.index
    }
}

/// Bytes whose lengths come first (Parquet's "DELTA_LENGTH_BYTE_ARRAY").
struct DeltaLengthDecoder: ValueDecoder {
    private let bytes: [UInt8]
    private let end: Int
    private var lengths: DeltaDecoder
    private var index: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) throws(ParquetFault) {
        self.bytes = bytes
        end = range.upperBound
        lengths = try DeltaDecoder(bytes, range, is32Bits: true)
        index = try lengths.place()
    }

    mutating func next() throws(ParquetFault) -> ParquetValue { .bytes(try slice()) }

    /// The next value.
    mutating func slice() throws(ParquetFault) -> ArraySlice<UInt8> {
        let length = try lengths.number()
        guard length >= 0, length <= Int64(end - index) else { throw .endsEarly }
        defer { index += Int(length) }
        return bytes[index..<index + Int(length)]
    }
}

/// Bytes of which those are left out that they have in common with the value before (Parquet's
/// "DELTA_BYTE_ARRAY").
struct DeltaBytesDecoder: ValueDecoder {
    private let type: ColumnType
    private var prefixes: DeltaDecoder
    private var suffixes: DeltaLengthDecoder
    private var last: [UInt8] = []

    init(
        _ type: ColumnType,
        _ bytes: [UInt8],
        _ range: Range<Int>
    ) throws(ParquetFault) {
        self.type = type
        prefixes = try DeltaDecoder(bytes, range, is32Bits: true)
        let start = try prefixes.place()
        suffixes = try DeltaLengthDecoder(bytes, start..<range.upperBound)
    }

    mutating func next() throws(ParquetFault) -> ParquetValue {
        let prefix = try prefixes.number()
        let suffix = try suffixes.slice()
        guard prefix >= 0, prefix <= Int64(last.count) else {
            throw .malformed("\(type.name) continues from more than there is")
        }
        last.removeLast(last.count - Int(prefix))
        last.append(contentsOf: suffix)
        guard type.width == nil || type.width == last.count else {
            throw .malformed("\(type.name) has a value of \(last.count) bytes")
        }
        return type.value(last, 0..<last.count)
    }
}
