/// Some items that were read from the source of a Map Run, in order.
package struct ItemPage: Sendable, Equatable {
    /// Which page: the run takes the one only that it waits for.
    package var order: Int
    /// A JSON array of the items, or an object whose entries are the items.
    package var items: Payload
    /// Where the items come from, one stretch of them after another.
    package var origins: [ItemOrigin]
    /// Where the next page begins, in the source's own form; nil when there is none.
    package var next: [UInt8]?

    package init(order: Int, items: Payload, origins: [ItemOrigin] = [], next: [UInt8]? = nil) {
        self.order = order
        self.items = items
        self.origins = origins
        self.next = next
    }
}

/// Where a stretch of items comes from.
package struct ItemOrigin: Sendable, Equatable {
    /// How many items.
    package var count: Int
    /// As the context object names it (`Map.Item.Source`): `S3://BUCKET/KEY`.
    package var source: String

    package init(count: Int, source: String) {
        self.count = count
        self.source = source
    }
}
