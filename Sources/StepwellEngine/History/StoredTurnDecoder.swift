import StepwellHistory

/// Decodes stored turns in the store's errors.
enum StoredTurnDecoder {
    /// The turn; `resolve` gives the payloads that earlier turns hold.
    static func decode(
        _ stored: StoredTurn,
        resolve: (PayloadLocation) -> [UInt8]?
    ) throws(StoreError) -> Turn {
        do throws(TurnCodecError) {
            return try TurnCodec.decode(stored.bytes, resolve: resolve)
        } catch {
            throw damaged(stored, error)
        }
    }

    /// What a turn is the first to hold at a location.
    static func payload(
        at location: PayloadLocation,
        in stored: StoredTurn
    ) throws(StoreError) -> [UInt8]? {
        // What the turn itself refers to elsewhere is not looked for: one read, however long the
        // chain of references.
        let turn = try decode(stored) { _ in [] }
        for record in turn.records {
            if let found = record.payloads.first(where: { $0.location == location }) {
                return found.text
            }
        }
        return nil
    }

    private static func damaged(_ stored: StoredTurn, _ error: TurnCodecError) -> StoreError {
        StoreError(
            .damaged,
            "execution \(stored.execution.rawValue), record \(stored.firstOrdinal.rawValue): "
                + error.description
        )
    }
}
