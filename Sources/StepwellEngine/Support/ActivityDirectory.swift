import Synchronization

/// The activities that exist, as the interpreter asks for them in the middle of a turn.
final class ActivityDirectory: Sendable {
    private let activities = Mutex(OrderedTable<ListingKey, Boxed<CatalogActivity>>())

    func contains(_ arn: String) -> Bool {
        activities.withLock { $0[ListingKey(arn: arn)] != nil }
    }

    /// Takes the activities of a catalog for those that there are.
    func follow(_ catalog: Catalog) {
        activities.withLock { $0 = catalog.activities }
    }
}
