/// Where an engine under test keeps its log: in memory, without a file.
///
/// What an engine wrote is there for the next one that is opened in it, as a data directory's
/// content is: `shutdown` and open again to test a restart, or open an ``image(afterCommits:)`` to
/// test a crash at any of its commits. The newest engine owns the store; an earlier one that still
/// runs cannot write any more.
public final class MemoryStore: Sendable {
    let store: SimulatedStore
    /// Schedules and rules.
    let triggers: SimulatedTriggerStore

    /// An empty store.
    public init() {
        store = SimulatedStore()
        triggers = SimulatedTriggerStore()
    }

    private init(_ store: SimulatedStore, _ triggers: SimulatedTriggerStore) {
        self.store = store
        self.triggers = triggers
    }

    /// How many commits there were: each made something durable.
    public var commitCount: Int { store.commitCount }

    /// The store as a crash would have left it after its first `count` commits (nil: after all up
    /// to now); a copy, which what is done with this store does not change.
    ///
    /// Schedules and rules, which have commits of their own, are in the copy as they are now.
    public func image(afterCommits count: Int? = nil) -> MemoryStore {
        MemoryStore(store.image(afterCommits: count), triggers.image())
    }
}
