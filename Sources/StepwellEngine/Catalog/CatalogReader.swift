import StepwellHistory
import StepwellLanguage

/// Reads the catalog of a store that no engine runs on.
package enum CatalogReader {
    /// The catalog that the store's catalog stream adds up to.
    ///
    /// Throws `StoreError`: `damaged` when the stream cannot be read, `unusable` when it holds a
    /// definition that this version refuses.
    package static func catalog(in store: any EventStore) throws(StoreError) -> Catalog {
        var catalog = Catalog()
        var next = Ordinal(1)
        while true {
            let turns = try store.readTurns(
                of: .catalog,
                ordinals: next...Ordinal(.max),
                byteLimit: 1 << 20
            )
            guard !turns.isEmpty else { return catalog }
            for stored in turns {
                let turn = try CatalogTurn.decode(stored.bytes)
                catalog.apply(turn.record, compiled: try compiled(turn))
                next = turn.ordinal.advanced(by: 1)
            }
        }
    }

    private static func compiled(
        _ turn: CatalogTurn
    ) throws(StoreError) -> StateMachineDefinition? {
        guard let text = turn.record.definition?.text else { return nil }
        do throws(ServiceError) {
            return try DefinitionCompiler.compile(text)
        } catch {
            throw StoreError(
                .unusable,
                "catalog record \(turn.ordinal.rawValue) holds a definition that this version "
                    + "refuses: \(error.message)"
            )
        }
    }
}
