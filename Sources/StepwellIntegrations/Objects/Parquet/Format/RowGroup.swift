/// Rows of a file that lie together, column after column.
struct RowGroup: Sendable {
    /// Where the pages of a column are.
    struct Chunk: Sendable {
        var physical: Int64 = -1
        var codec: Int64 = 0
        /// How many entries it has: values, and places where there are none.
        var entries = 0
        /// In the object, in bytes.
        var range = 0..<0
    }

    /// A count for more than which a file has no room.
    private static let most = 1 << 48

    var chunks: [Chunk] = []
    var rows = 0

    /// Reads one of a file whose data end at a place.
    init(_ reader: inout CompactReader, dataEnd: Int) throws(ParquetFault) {
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1:
                for _ in 0..<(try reader.structures(field)) {
                    guard chunks.count < ParquetSchema.limit else { throw ParquetSchema.tooMany }
                    chunks.append(try Chunk(&reader, dataEnd: dataEnd))
                }
            case 3: rows = try reader.count(field)
            default: try reader.skip(field)
            }
        }
        guard !chunks.isEmpty else { throw .malformed("a row group has no columns") }
        guard rows < Self.most else { throw .malformed("it says that it has \(rows) rows") }
    }

    /// From the first byte of its columns to the last.
    var range: Range<Int> {
        let ranges = chunks.map(\.range).filter { !$0.isEmpty }
        guard let start = ranges.map(\.lowerBound).min() else { return 0..<0 }
        return start..<ranges.reduce(start) { max($0, $1.upperBound) }
    }
}

extension RowGroup.Chunk {
    fileprivate init(_ reader: inout CompactReader, dataEnd: Int) throws(ParquetFault) {
        var last = 0
        var isThere = false
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: throw .unsupported("a column of it is in another file")
            case 3:
                try reader.enter(field)
                try readMetadata(&reader, dataEnd: dataEnd)
                isThere = true
            case 8, 9: throw .unsupported("a column of it is encrypted")
            default: try reader.skip(field)
            }
        }
        guard isThere else { throw .malformed("a column has no metadata") }
    }

    private mutating func readMetadata(
        _ reader: inout CompactReader,
        dataEnd: Int
    ) throws(ParquetFault) {
        var last = 0
        var (length, dictionary, data) = (0, 0, 0)
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: physical = try reader.integer(field)
            case 4: codec = try reader.integer(field)
            case 5: entries = try reader.count(field)
            case 7: length = try reader.count(field)
            case 9: data = try reader.count(field)
            case 11: dictionary = try reader.count(field)
            default: try reader.skip(field)
            }
        }
        // A column without entries may be nowhere; 0 stands for a page that is not there.
        guard entries > 0 else { return }
        let start = [dictionary, data].filter { $0 > 0 }.min() ?? 0
        guard start >= ParquetFooter.magic.count, start <= dataEnd, length <= dataEnd - start else {
            throw .malformed("a column of it lies outside of the file")
        }
        // Writers have left the header of a dictionary out of the length (PARQUET-816).
        range = start..<min(start + length + 100, dataEnd)
    }
}
