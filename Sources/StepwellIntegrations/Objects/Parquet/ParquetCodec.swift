/// How the pages of a column are compressed.
enum ParquetCodec: Sendable {
    case none
    case snappy
    case gzip
    case zstandard
    case lz4Block

    /// By the number that a file gives.
    init(_ code: Int64, of column: String) throws(ParquetFault) {
        switch code {
        case 0: self = .none
        case 1: self = .snappy
        case 2: self = .gzip
        case 3: throw .unsupported("\(column) is compressed by LZO")
        case 4: throw .unsupported("\(column) is compressed by Brotli")
        case 5: throw .unsupported("\(column) is compressed by LZ4 in Hadoop's frames")
        case 6: self = .zstandard
        case 7: self = .lz4Block
        default: throw .unsupported("\(column) is compressed by the codec \(code)")
        }
    }

    /// What bytes are decompressed, which has to have a size.
    ///
    /// No more is reserved for it than comes.
    func decompress(_ bytes: ArraySlice<UInt8>, to size: Int) throws(ParquetFault) -> [UInt8] {
        let found: [UInt8]
        do throws(InflateFault) {
            switch self {
            case .none: found = Array(bytes)
            case .snappy: found = try Snappy.decompress(bytes, to: size)
            case .gzip: found = try Self.inflate(bytes, to: size)
            case .zstandard: found = try Zstandard.decompress(bytes, to: size)
            case .lz4Block: found = try LZ4Block.decompress(bytes, to: size)
            }
        } catch {
            throw .malformed("a page of it cannot be decompressed")
        }
        guard found.count == size else {
            throw .malformed("a page of it has another size than it says")
        }
        return found
    }

    /// Compressed bytes that are given to the decompression at once, so that it ends when it has
    /// given too much.
    private static let step = 4 << 10

    private static func inflate(
        _ bytes: ArraySlice<UInt8>,
        to size: Int
    ) throws(InflateFault) -> [UInt8] {
        var inflater = Inflater()
        var found: [UInt8] = []
        var next = bytes.startIndex
        while next < bytes.endIndex {
            let end = min(next + step, bytes.endIndex)
            found += try inflater.feed(Array(bytes[next..<end]))
            guard found.count <= size else { throw InflateFault() }
            next = end
        }
        guard inflater.isBetweenMembers else { throw InflateFault() }
        return found
    }
}
