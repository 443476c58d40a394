import Stepwell

/// Many clients at once, each of which does one thing after the other.
enum Clients {
    /// Has `count` things done by so many clients.
    static func run(
        _ clients: Int,
        count: Int,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for client in 0..<min(clients, count) {
                group.addTask {
                    for place in stride(from: client, to: count, by: clients) {
                        try await body(place)
                    }
                }
            }
        }
    }
}
