import Foundation

/// Starts the engine's own threads.
package enum EngineThread {
    /// Runs something on a thread of its own; one that is `yielding` gives way to the others where
    /// there are too few processors for all.
    package static func start(
        _ name: String,
        yielding: Bool = false,
        _ body: @escaping @Sendable () -> Void
    ) {
        let thread = Thread {
            // On Linux the niceness is the thread's own; that it cannot be set costs time alone.
            if yielding { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
            body()
        }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }
}
