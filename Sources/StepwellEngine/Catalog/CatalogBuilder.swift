import StepwellHistory

/// Puts a catalog together from its items.
struct CatalogBuilder {
    private var catalog: Catalog
    /// The state machine whose earlier revisions come next.
    private var machine: (entry: StateMachineEntry, isDeleted: Bool)?

    init(library: DefinitionLibrary) {
        catalog = Catalog(library: library)
    }

    mutating func add(_ item: CatalogItem) {
        switch item {
        case .stateMachine(let kept, let isDeleted):
            put()
            machine = (StateMachineEntry(kept), isDeleted)
        case .earlierRevision(let settings):
            machine?.entry.addEarlier(settings)
        case .activity(let activity):
            let key = ListingKey(arn: activity.description.activityARN)
            catalog.activities.put(Boxed(activity), for: key)
        case .definition(let digest, let ordinal):
            catalog.definitions.put(ordinal, for: digest)
        }
    }

    mutating func finish() -> Catalog {
        put()
        return catalog
    }

    private mutating func put() {
        guard let (entry, isDeleted) = machine else { return }
        machine = nil
        let key = ListingKey(arn: entry.arn)
        if isDeleted {
            catalog.deletedStateMachines.put(Boxed(entry), for: key)
        } else {
            catalog.stateMachines.put(Boxed(entry), for: key)
        }
    }
}
