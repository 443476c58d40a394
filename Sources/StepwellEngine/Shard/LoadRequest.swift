package import StepwellHistory

/// Something that a shard wants done off its turn thread: read from the store, or decided.
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
    /// A decision that takes long.
    case decision(LongDecision)

    /// How many rows of an index are looked at for one page, at most.
    static let looks = 512

    /// Whether it keeps a processor busy, and reads nothing.
    var isDecision: Bool {
        if case .decision = self { true } else { false }
    }

    /// Does it, at the time that `reading` says when it begins.
    package func perform(
        on store: any EventStore,
        at reading: () -> ClockReading
    ) -> LoadResult {
        switch self {
        case .execution(let number, let catalog):
            return .execution(number, StateLoader(store: store, catalog: catalog).load(number))
        case .holder(let query):
            return .holder(
                query,
                Result { () throws(StoreError) in
                    try store.head(named: query.name, in: query.stateMachineARN)
                }
            )
        case .decision(let decision):
            return .decided(decision.number, decision.made(on: store, at: reading()))
        case .doubtful(let numbers, let ordinal):
            return .doubtful(
                Result { () throws(StoreError) in
                    try DoubtfulExecutions(numbers, catalogFrom: ordinal, in: store)
                }
            )
        case .timers(let place, let looks):
            return .timers(
                Result { () throws(StoreError) in try store.due(after: place, looks: looks) }
            )
        case .unsettled(let place):
            return .unsettled(
                Result { () throws(StoreError) in
                    try store.unsettled(after: place, looks: Self.looks)
                }
            )
        }
    }
}
