import StepwellEngine

/// Listings, page by page.
enum Pages {
    /// Everything that a listing gives; `between` runs after each page.
    static func all<Item: Sendable>(
        between: () async throws -> Void = {},
        _ page: (String?) async throws -> Page<Item>
    ) async throws -> [Item] {
        var (found, token): ([Item], String?) = ([], nil)
        repeat {
            let next = try await page(token)
            found += next.items
            token = next.nextToken
            try await between()
        } while token != nil
        return found
    }
}
