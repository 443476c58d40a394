import StepwellHistory

/// What the row of a catalog's snapshot says: version 1, the set of its parts, how many there are,
/// and where in the stream it was taken.
struct CatalogSnapshot {
    private static let version: UInt8 = 1

    let head: CatalogHead
    let set: UInt8
    let parts: Int

    /// The reserved number under which a part is kept; no execution ever gets it.
    static func number(ofPart part: Int, set: UInt8) -> ExecutionNumber {
        ExecutionNumber(UInt64.max - UInt64(set) << 32 - UInt64(part))
    }

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 64)
        writer.write(Self.version)
        writer.write(set)
        writer.writeCount(parts)
        writer.writeVarint(head.lastOrdinal.rawValue)
        writer.writeSigned(head.lastTime.milliseconds)
        writer.writeBytes(head.digest.bytes)
        return writer.bytes
    }

    /// The newest snapshot of a store's catalog with what it holds; nil when there is none, or
    /// none that can be read: the stream says the same.
    static func newest(
        in store: any EventStore,
        library: DefinitionLibrary
    ) throws(StoreError) -> (snapshot: CatalogSnapshot, catalog: Catalog)? {
        guard let row = (try? store.snapshot(of: .catalog)) ?? nil,
            let snapshot = try? CatalogSnapshot(reading: row),
            let catalog = try? snapshot.content(in: store, library: library),
            try snapshot.isOfStream(in: store)
        else { return nil }
        return (snapshot, catalog)
    }

    /// Whether the stream has the record with which the snapshot ends.
    private func isOfStream(in store: any EventStore) throws(StoreError) -> Bool {
        let turns = try store.readTurns(
            of: .catalog,
            ordinals: head.lastOrdinal...head.lastOrdinal,
            byteLimit: 1
        )
        guard let last = turns.first else { return false }
        return try CatalogTurn.decode(last.bytes).digest == head.digest
    }

    /// Builds the catalog from the parts.
    private func content(
        in store: any EventStore,
        library: DefinitionLibrary
    ) throws -> Catalog {
        var builder = CatalogBuilder(library: library)
        for part in 0..<parts {
            guard let row = try store.snapshot(of: Self.number(ofPart: part, set: set)),
                row.ordinal == head.lastOrdinal
            else { throw StoreError(.damaged, "the catalog's snapshot lacks part \(part)") }
            var reader = ByteReader(row.bytes)
            while !reader.isAtEnd { builder.add(try CatalogItem(reading: &reader)) }
        }
        return builder.finish()
    }
}

extension CatalogSnapshot {
    private init(reading row: StoredSnapshot) throws(ByteReaderError) {
        var reader = ByteReader(row.bytes)
        guard try reader.readByte() == Self.version else {
            throw ByteReaderError(.invalid("version of a catalog snapshot"), at: 0)
        }
        set = try reader.readByte()
        parts = try reader.readCount()
        var head = CatalogHead()
        head.lastOrdinal = Ordinal(try reader.readVarint())
        head.lastTime = try reader.readTimestamp()
        head.digest = TurnDigest(bytes: try reader.readBytes())
        self.head = head
    }
}
