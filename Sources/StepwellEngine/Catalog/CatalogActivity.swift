/// An activity in the catalog.
package struct CatalogActivity: Sendable, Equatable {
    package var description: ActivityDescription
    package var tags: [ResourceTag]

    package init(description: ActivityDescription, tags: [ResourceTag]) {
        self.description = description
        self.tags = tags
    }
}
