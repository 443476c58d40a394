/// What comes before the bytes of a page.
struct PageHeader: Sendable {
    enum Kind: Sendable, Equatable {
        case data
        /// The levels come first, and are never compressed.
        case dataV2(definitionBytes: Int, repetitionBytes: Int, isCompressed: Bool)
        case dictionary
        /// One that has no values.
        case other
    }

    var kind = Kind.other
    /// In bytes, as it is in the object, and decompressed.
    var size = 0
    var decompressedSize = 0
    /// The larger of both.
    var mostBytes: Int { max(size, decompressedSize) }
    /// What the bytes in the object are checked with; nil when they are not.
    var checksum: UInt32?
    /// Entries of a page of data, values of a dictionary.
    var entries = 0
    var encoding: Int64 = 0
    /// Whether levels are in an encoding that is read.
    var areLevelsKnown = true

    init(_ reader: inout CompactReader) throws(ParquetFault) {
        var last = 0
        var type: Int64 = -1
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: type = try reader.integer(field)
            case 2: decompressedSize = try reader.count(field)
            case 3: size = try reader.count(field)
            case 4: checksum = UInt32(truncatingIfNeeded: try reader.integer(field))
            case 5 where type == 0:
                kind = .data
                try readData(&reader, field)
            case 7 where type == 2:
                kind = .dictionary
                try readData(&reader, field, hasLevels: false)
            case 8 where type == 3: try readDataV2(&reader, field)
            default: try reader.skip(field)
            }
        }
        let isWhole = type == 1 || kind != .other
        guard isWhole else { throw .malformed("a page of it is of no known kind") }
    }

    private mutating func readData(
        _ reader: inout CompactReader,
        _ field: CompactReader.Field,
        hasLevels: Bool = true
    ) throws(ParquetFault) {
        try reader.enter(field)
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: entries = try reader.count(field)
            case 2: encoding = try reader.integer(field)
            case 3 where hasLevels, 4 where hasLevels:
                if try reader.integer(field) != 3 { areLevelsKnown = false }
            default: try reader.skip(field)
            }
        }
    }

    private mutating func readDataV2(
        _ reader: inout CompactReader,
        _ field: CompactReader.Field
    ) throws(ParquetFault) {
        try reader.enter(field)
        var last = 0
        var (definitionBytes, repetitionBytes, isCompressed) = (0, 0, true)
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: entries = try reader.count(field)
            case 4: encoding = try reader.integer(field)
            case 5: definitionBytes = try reader.count(field)
            case 6: repetitionBytes = try reader.count(field)
            case 7: isCompressed = try reader.bool(field)
            default: try reader.skip(field)
            }
        }
        guard definitionBytes <= size, repetitionBytes <= size - definitionBytes,
            definitionBytes + repetitionBytes <= decompressedSize
        else { throw .malformed("a page of it has more levels than bytes") }
        kind = .dataV2(
            definitionBytes: definitionBytes,
            repetitionBytes: repetitionBytes,
            isCompressed: isCompressed
        )
    }
}
