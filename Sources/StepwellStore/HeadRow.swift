import StepwellHistory

/// The row that every commit writes beside its batches: the newest position and digest.
///
/// It makes a journal whose tail was cut off show. Version 1:
/// `version u8 · next position u64 · digest 32 · bytes of all batches u64 · transaction u64`.
struct HeadRow: Sendable, Hashable {
    static let version: UInt8 = 1

    /// The position that the next batch gets.
    var nextPosition: UInt64
    /// The digest of the newest batch.
    var digest: [UInt8]
    /// The bytes of all batches.
    var journalBytes: UInt64
    /// The number of the LMDB transaction that wrote the row.
    var transaction: UInt64

    /// Before the first batch.
    static let origin = HeadRow(
        nextPosition: 0,
        digest: BatchHeader.origin,
        journalBytes: 0,
        transaction: 0
    )

    var encoded: [UInt8] {
        var writer = ByteWriter(capacity: 64)
        writer.write(Self.version)
        writer.writeFixed(nextPosition)
        writer.writeRaw(digest)
        writer.writeFixed(journalBytes)
        writer.writeFixed(transaction)
        return writer.bytes
    }
}

extension HeadRow {
    /// Reads what `encoded` wrote.
    init(_ bytes: [UInt8]) throws(ByteReaderError) {
        var reader = ByteReader(bytes)
        let version = try reader.readByte()
        guard version == Self.version else {
            throw ByteReaderError(.invalid("head row version \(version)"), at: 0)
        }
        nextPosition = try reader.readFixed64()
        digest = Array(try reader.readRaw(32))
        journalBytes = try reader.readFixed64()
        transaction = try reader.readFixed64()
    }
}
