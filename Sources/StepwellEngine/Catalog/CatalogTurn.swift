import StepwellHistory

/// A change of the catalog as a turn of the catalog's stream: an opaque turn, so that the store
/// keeps and chains it like any other.
struct CatalogTurn {
    let record: CatalogRecord
    let ordinal: Ordinal
    let time: Timestamp
    let digest: TurnDigest

    static func encode(
        _ record: CatalogRecord,
        ordinal: Ordinal,
        time: Timestamp,
        previous: TurnDigest
    ) -> (bytes: [UInt8], digest: TurnDigest) {
        let header = TurnHeader(
            shard: 0,
            semantics: 0,
            execution: .catalog,
            firstOrdinal: ordinal,
            firstEventID: 1,
            recordCount: 1,
            eventCount: 0,
            time: time,
            summary: CatalogHead.summary,
            previous: previous
        )
        return TurnCodec.encodeOpaque(header: header, body: CatalogCodec.encode(record))
    }

    static func decode(_ bytes: [UInt8]) throws(StoreError) -> CatalogTurn {
        do {
            let (header, body) = try TurnCodec.decodeOpaque(bytes)
            return CatalogTurn(
                record: try CatalogCodec.decode(body),
                ordinal: header.firstOrdinal,
                time: header.time,
                digest: try TurnCodec.storedDigest(of: bytes)
            )
        } catch {
            throw StoreError(.damaged, "the catalog cannot be read: \(error)")
        }
    }
}
