public import Stepwell
import StepwellEngine

extension WorkflowEngine {
    /// Opens the engine on a store in memory, and resumes it: for tests, which leave nothing behind
    /// and wait for no disk.
    ///
    /// - Parameters:
    ///   - store: What the engine finds and writes; one of its own by default.
    ///   - isSuspended: Whether it stays suspended, as one that is opened on a directory does.
    ///   - configure: Registers handlers and changes settings before anything runs.
    /// - Returns: The engine, running unless it is to be suspended.
    /// - Throws: What `configure` throws.
    public static func open(
        in store: MemoryStore,
        isSuspended: Bool = false,
        _ configure: (inout Configuration) throws -> Void = { _ in }
    ) async throws -> WorkflowEngine {
        var configuration = Configuration()
        try configure(&configuration)
        let engine = try WorkflowEngine(store: store.store, configuration: configuration) {
            () throws(StoreError) in store.triggers
        }
        // What was scheduled in another life is due in this one.
        if !store.triggers.isEmpty { try engine.openTriggers() }
        if !isSuspended { engine.resume() }
        return engine
    }
}
