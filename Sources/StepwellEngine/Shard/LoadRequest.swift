package import StepwellHistory

/// Something that a shard wants read from the store, off its turn thread.
package enum LoadRequest: Sendable {
    /// An execution's state.
    case execution(ExecutionNumber, Catalog)
    /// The newest execution of a name.
    case holder(HolderQuery)
    /// The timers behind a place.
    case timers(after: QueryCursor?, looks: Int)
    /// What a failing commit has made doubtful, and the catalog from an ordinal on.
    case doubtful([ExecutionNumber], catalogFrom: Ordinal)
    /// The executions with unfinished work behind a place.
    case unsettled(after: QueryCursor?)

    /// How many rows of an index are looked at for one page, at most.
    static let looks = 512

    /// Reads it.
    package func perform(on store: any EventStore) -> LoadResult {
        switch self {
        case .execution(let number, let catalog):
            .execution(number, StateLoader(store: store, catalog: catalog).load(number))
        case .holder(let query):
            .holder(
                query,
                Result { () throws(StoreError) in
                    try store.head(named: query.name, in: query.stateMachineARN)
                }
            )
        case .doubtful(let numbers, let ordinal):
            .doubtful(
                Result { () throws(StoreError) in
                    try DoubtfulExecutions(numbers, catalogFrom: ordinal, in: store)
                }
            )
        case .timers(let place, let looks):
            .timers(Result { () throws(StoreError) in try store.due(after: place, looks: looks) })
        case .unsettled(let place):
            .unsettled(
                Result { () throws(StoreError) in
                    try store.unsettled(after: place, looks: Self.looks)
                }
            )
        }
    }
}
