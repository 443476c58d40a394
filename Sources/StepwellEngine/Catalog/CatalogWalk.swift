import StepwellHistory

/// Goes through a catalog's content, item by item, in an order from which it can be built again.
struct CatalogWalk {
    private let catalog: Catalog
    private var phase = Phase.stateMachines
    /// The key of the state machine or activity that was visited last in the phase.
    private var behind: ListingKey?
    /// The state machine that was visited last, and how many of its earlier revisions were.
    private var revised: (machine: StateMachineEntry, visited: Int)?
    private var definition: DefinitionDigest?

    private enum Phase {
        case stateMachines, deletedStateMachines, activities, definitions, end
    }

    init(_ catalog: Catalog) {
        self.catalog = catalog
    }

    /// Whether everything was visited.
    var isAtEnd: Bool { phase == .end }

    /// The next item; nil behind the last.
    mutating func next() -> CatalogItem? {
        while true {
            if let item = nextRevision() { return item }
            switch phase {
            case .stateMachines:
                if let item = nextMachine(of: catalog.stateMachines) { return item }
                phase = .deletedStateMachines
            case .deletedStateMachines:
                if let item = nextMachine(of: catalog.deletedStateMachines) { return item }
                phase = .activities
            case .activities:
                if let next = catalog.activities.entries(after: behind, limit: 1).first {
                    behind = next.key
                    return .activity(next.value.value)
                }
                phase = .definitions
            case .definitions:
                let found = catalog.definitions.entries(after: definition, limit: 1)
                if let next = found.first {
                    definition = next.key
                    return .definition(next.key, next.value)
                }
                phase = .end
            case .end:
                return nil
            }
            behind = nil
        }
    }

    private mutating func nextMachine(
        of table: OrderedTable<ListingKey, Boxed<StateMachineEntry>>
    ) -> CatalogItem? {
        guard let next = table.entries(after: behind, limit: 1).first else { return nil }
        behind = next.key
        revised = (next.value.value, 0)
        return .stateMachine(
            KeptStateMachine(next.value.value),
            isDeleted: phase == .deletedStateMachines
        )
    }

    private mutating func nextRevision() -> CatalogItem? {
        guard let (machine, visited) = revised else { return nil }
        guard let settings = machine.earlier[visited] else {
            revised = nil
            return nil
        }
        revised = (machine, visited + 1)
        return .earlierRevision(settings)
    }
}
