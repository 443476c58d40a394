public import Stepwell

extension Stepwell {
    /// Opens the engine on a store in memory, and starts it: for tests, which leave nothing behind
    /// and wait for no disk.
    ///
    /// - Parameters:
    ///   - store: What the engine finds and writes; one of its own by default.
    ///   - configure: Registers handlers and changes settings before anything runs.
    /// - Returns: The engine, running.
    /// - Throws: What `configure` throws.
    public static func open(
        in store: MemoryStore,
        _ configure: (inout Configuration) throws -> Void = { _ in }
    ) async throws -> Stepwell {
        var configuration = Configuration()
        try configure(&configuration)
        return try Stepwell(store: store.store, configuration: configuration)
    }
}
