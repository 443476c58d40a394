/// What the end of a file says about all of it.
struct ParquetFooter: Sendable {
    /// What a file begins and ends with.
    static let magic = Array("PAR1".utf8)
    /// The bytes behind the metadata: their length, and the magic.
    static let tail = 8
    /// The most bytes of metadata (developer guide, "ItemReader (Map)").
    static let limit = 5 << 20

    let schema: ParquetSchema
    let groups: [RowGroup]

    /// The length of the metadata that the last bytes of a file give.
    static func length(_ tail: ArraySlice<UInt8>, size: Int) throws(ParquetFault) -> Int {
        let tail = Array(tail)
        guard tail.count == Self.tail else { throw .endsEarly }
        if tail[4...].elementsEqual("PARE".utf8) {
            throw .unsupported("its metadata are encrypted")
        }
        guard tail[4...].elementsEqual(magic) else { throw .malformed("it does not end with PAR1") }
        let length = Int(UInt32(littleEndian: tail, 0))
        guard length <= size - Self.tail - magic.count else { throw .endsEarly }
        guard length <= limit else { throw .tooLarge("its footer has more than 5 MiB") }
        return length
    }

    /// Reads the metadata of a file whose data end at a place.
    init(_ bytes: [UInt8], dataEnd: Int) throws(ParquetFault) {
        var reader = CompactReader(bytes, 0..<bytes.count)
        var elements: [SchemaElement] = []
        var groups: [RowGroup] = []
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 2:
                for _ in 0..<(try reader.structures(field)) {
                    guard elements.count <= ParquetSchema.limit else {
                        throw ParquetSchema.tooMany
                    }
                    elements.append(try SchemaElement(&reader))
                }
            case 4:
                for _ in 0..<(try reader.structures(field)) {
                    groups.append(try RowGroup(&reader, dataEnd: dataEnd))
                }
            case 8: throw .unsupported("its columns are encrypted")
            default: try reader.skip(field)
            }
        }
        schema = try ParquetSchema(elements)
        self.groups = groups
        for group in groups where group.rows > 0 { try schema.check(group) }
    }
}

extension UInt32 {
    /// Four bytes of which the first is the lowest, which have to be there.
    init(littleEndian bytes: [UInt8], _ place: Int) {
        self =
            UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
            | UInt32(bytes[place + 3]) << 24
    }
}

extension UInt64 {
    /// Eight bytes of which the first is the lowest, which have to be there.
    init(littleEndian bytes: [UInt8], _ place: Int) {
        self =
            UInt64(UInt32(littleEndian: bytes, place))
            | UInt64(UInt32(littleEndian: bytes, place + 4)) << 32
    }
}
