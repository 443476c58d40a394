import StepwellEngine

extension Listing {
    /// The pages of one of the engine's listings.
    init<Item: Sendable>(
        of type: Item.Type = Item.self,
        _ element: @escaping @Sendable (Item) async throws -> Element,
        pages: @escaping @Sendable (String?) async throws -> StepwellEngine.Page<Item>
    ) {
        self.init { token in
            let page = try await pages(token as? String)
            var items: [Element] = []
            for item in page.items { items.append(try await element(item)) }
            return Page(items: items, next: page.nextToken)
        }
    }
}
