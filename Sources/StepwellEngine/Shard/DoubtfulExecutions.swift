package import StepwellHistory

/// What a store has of executions that a failing commit has made doubtful, and of what else that
/// touches.
package struct DoubtfulExecutions: Sendable {
    /// The executions by number; without a head is one that is not there.
    package var heads: [(number: ExecutionNumber, head: ExecutionHead?)]
    package var newest: ExecutionNumber?
    package var openExecutions: Int
    /// The catalog's stream behind what is known to be durable of it.
    package var catalogTurns: [StoredTurn]

    init(
        _ numbers: [ExecutionNumber],
        catalogFrom ordinal: Ordinal,
        in store: any EventStore
    ) throws(StoreError) {
        heads = []
        heads.reserveCapacity(numbers.count)
        for number in numbers { heads.append((number, try store.head(of: number))) }
        newest = try store.newest()
        openExecutions = try store.openExecutions()
        catalogTurns = []
        var next = ordinal
        while true {
            let turns = try CatalogKeeper.turns(from: next, in: store)
            guard let last = turns.last else { break }
            catalogTurns += turns
            next = last.firstOrdinal.advanced(by: 1)
        }
    }
}
