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
            throw damaged(stored.execution, stored.firstOrdinal, error)
        }
    }

    /// What is said of a turn of which something cannot be right.
    static func damaged(_ turn: Turn, _ error: TurnCodecError) -> StoreError {
        damaged(turn.execution, turn.firstOrdinal, error)
    }

    private static func damaged(
        _ execution: ExecutionNumber,
        _ ordinal: Ordinal,
        _ error: TurnCodecError
    ) -> StoreError {
        StoreError(
            .damaged,
            "execution \(execution.rawValue), record \(ordinal.rawValue): " + error.description
        )
    }
}
