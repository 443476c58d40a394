import Crypto
import StepwellHistory

/// The first 128 bytes of a batch, all integers big-endian.
///
/// ```
/// offset size
///   0     8   magic
///   8     2   format version (1)
///  10     2   shard
///  12     4   number of segments
///  16    16   store id
///  32     8   position: the batch's key in the journal
///  40     8   length of the content behind the header
///  48     8   position of the first batch of the same commit
///  56     8   bytes of all batches before this one
///  64    32   digest of the batch before (zero before the first)
///  96    32   SHA-256 of bytes 0 to 95 and the content
/// ```
/// A batch is padded with zeros to 2,048 bytes, from which on LMDB gives a value pages of its own:
/// every batch begins at byte 16 of a page.
struct BatchHeader: Sendable, Hashable {
    static let magic: [UInt8] = [0x89, 0x53, 0x57, 0x42, 0x41, 0x54, 0x43, 0x0A]
    static let formatVersion: UInt16 = 1
    static let byteCount = 128
    static let minimumValueSize = 2048
    /// The size that batches are filled up to: 16 pages without LMDB's page header.
    ///
    /// Only a segment
    /// that is larger by itself makes a larger batch.
    static let targetValueSize = 16 * 4096 - 16
    static let origin = [UInt8](repeating: 0, count: 32)

    var shard: UInt16
    var segmentCount: UInt32
    var storeID: [UInt8]
    var position: UInt64
    var contentLength: UInt64
    var commitStart: UInt64
    var bytesBefore: UInt64
    var previousDigest: [UInt8]
    var digest: [UInt8] = BatchHeader.origin

    /// The size of the value that holds a batch with this much content.
    static func valueSize(content: Int) -> Int {
        max(byteCount + content, minimumValueSize)
    }

    /// The bytes that the digest covers, before the content.
    private var prefix: [UInt8] {
        var writer = ByteWriter(capacity: Self.byteCount)
        writer.writeRaw(Self.magic)
        writer.writeFixed(Self.formatVersion)
        writer.writeFixed(shard)
        writer.writeFixed(UInt16(truncatingIfNeeded: segmentCount >> 16))
        writer.writeFixed(UInt16(truncatingIfNeeded: segmentCount))
        writer.writeRaw(storeID)
        writer.writeFixed(position)
        writer.writeFixed(contentLength)
        writer.writeFixed(commitStart)
        writer.writeFixed(bytesBefore)
        writer.writeRaw(previousDigest)
        return writer.bytes
    }

    /// Sets the digest over the header and the content; gives the encoded header.
    mutating func seal(content: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        let prefix = prefix
        hash.update(data: prefix)
        hash.update(data: content)
        digest = Array(hash.finalize())
        return prefix + digest
    }

    /// Reads a header; the digest is not verified.
    init(_ bytes: ArraySlice<UInt8>) throws(ByteReaderError) {
        var reader = ByteReader(bytes)
        guard Array(try reader.readRaw(8)) == Self.magic else {
            throw ByteReaderError(.invalid("batch"), at: bytes.startIndex)
        }
        let version = try reader.readFixed16()
        guard version == Self.formatVersion else {
            throw ByteReaderError(.invalid("batch format version \(version)"), at: 8)
        }
        shard = try reader.readFixed16()
        segmentCount = UInt32(try reader.readFixed16()) << 16 | UInt32(try reader.readFixed16())
        storeID = Array(try reader.readRaw(16))
        position = try reader.readFixed64()
        contentLength = try reader.readFixed64()
        commitStart = try reader.readFixed64()
        bytesBefore = try reader.readFixed64()
        previousDigest = Array(try reader.readRaw(32))
        digest = Array(try reader.readRaw(32))
    }

    init(
        shard: UInt16,
        segmentCount: UInt32,
        storeID: [UInt8],
        position: UInt64,
        contentLength: UInt64,
        commitStart: UInt64,
        bytesBefore: UInt64,
        previousDigest: [UInt8]
    ) {
        self.shard = shard
        self.segmentCount = segmentCount
        self.storeID = storeID
        self.position = position
        self.contentLength = contentLength
        self.commitStart = commitStart
        self.bytesBefore = bytesBefore
        self.previousDigest = previousDigest
    }
}
