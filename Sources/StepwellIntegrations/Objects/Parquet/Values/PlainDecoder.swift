/// Values as they are, one behind the other.
struct PlainDecoder: ValueDecoder {
    private let type: ColumnType
    private let bytes: [UInt8]
    private let end: Int
    private var index: Int
    private var bit: UInt8 = 0

    init(_ type: ColumnType, _ bytes: [UInt8], _ range: Range<Int>) {
        self.type = type
        self.bytes = bytes
        index = range.lowerBound
        end = range.upperBound
    }

    mutating func next() throws(ParquetFault) -> ParquetValue {
        if type.physical == .boolean {
            guard index < end else { throw .endsEarly }
            let value = bytes[index] >> bit & 1 == 1
            bit = (bit + 1) % 8
            if bit == 0 { index += 1 }
            return .bool(value)
        }
        guard let range = try nextRange() else { throw .endsEarly }
        return type.value(bytes, range)
    }

    /// Where the next value is; nil at the end.
    mutating func nextRange() throws(ParquetFault) -> Range<Int>? {
        guard index < end else { return nil }
        var width = type.width ?? 0
        if type.width == nil {
            guard end - index >= 4 else { throw .endsEarly }
            width = Int(UInt32(littleEndian: bytes, index))
            index += 4
        }
        guard width <= end - index else { throw .endsEarly }
        defer { index += width }
        return index..<index + width
    }
}

/// The values of a dictionary, each found at once.
struct PlainValues: Sendable {
    private let type: ColumnType
    private let bytes: [UInt8]
    /// Where values of different lengths begin and end.
    private var ends: [UInt32] = []
    private let width: Int
    let count: Int

    /// The values of a page that says how many it has.
    init(_ type: ColumnType, _ bytes: [UInt8], count: Int) throws(ParquetFault) {
        guard type.physical != .boolean else {
            throw .malformed("\(type.name) has a dictionary of truth values")
        }
        self.type = type
        self.bytes = bytes
        self.count = count
        width = type.width ?? 0
        guard type.width == nil else {
            guard count <= bytes.count / width else { throw .endsEarly }
            return
        }
        var decoder = PlainDecoder(type, bytes, 0..<bytes.count)
        for _ in 0..<count {
            guard let range = try decoder.nextRange() else { throw .endsEarly }
            ends.append(UInt32(range.upperBound))
        }
    }

    /// The value of an index.
    func value(_ index: Int) throws(ParquetFault) -> ParquetValue {
        guard index < count else {
            throw .malformed("\(type.name) names no value of its dictionary")
        }
        if ends.isEmpty { return type.value(bytes, index * width..<(index + 1) * width) }
        let start = (index == 0 ? 0 : Int(ends[index - 1])) + 4
        return type.value(bytes, start..<Int(ends[index]))
    }
}

/// Values of a dictionary by their indexes.
struct DictionaryDecoder: ValueDecoder {
    private let dictionary: PlainValues
    private var indexes: HybridDecoder

    init(
        _ dictionary: PlainValues,
        _ bytes: [UInt8],
        _ range: Range<Int>
    ) throws(ParquetFault) {
        self.dictionary = dictionary
        // Without values there is no width either.
        let width = range.isEmpty ? 0 : Int(bytes[range.lowerBound])
        indexes = try HybridDecoder(bytes, range.dropFirst(), width: width)
    }

    mutating func next() throws(ParquetFault) -> ParquetValue {
        try dictionary.value(Int(try indexes.next()))
    }
}

/// Truth values in runs.
struct BooleanRunDecoder: ValueDecoder {
    private var values: HybridDecoder

    init(_ bytes: [UInt8], _ range: Range<Int>) throws(ParquetFault) {
        // Their length comes first.
        values = try HybridDecoder(bytes, range.dropFirst(4), width: 1)
    }

    mutating func next() throws(ParquetFault) -> ParquetValue {
        .bool(try values.next() == 1)
    }
}

/// The first bytes of all values, the second ones, and so on.
struct SplitDecoder: ValueDecoder {
    private let type: ColumnType
    private let bytes: [UInt8]
    private let range: Range<Int>
    private let width: Int
    private let count: Int
    private var index = 0

    init(_ type: ColumnType, _ bytes: [UInt8], _ range: Range<Int>) {
        self.type = type
        self.bytes = bytes
        self.range = range
        width = max(1, type.width ?? 1)
        count = range.count / width
    }

    mutating func next() throws(ParquetFault) -> ParquetValue {
        guard index < count else { throw .endsEarly }
        var value: [UInt8] = []
        value.reserveCapacity(width)
        for place in 0..<width { value.append(bytes[range.lowerBound + place * count + index]) }
        index += 1
        return type.value(value, 0..<width)
    }
}
