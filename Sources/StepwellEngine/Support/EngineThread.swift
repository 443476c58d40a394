import Foundation

/// Starts the engine's own threads.
enum EngineThread {
    /// Runs something on a thread of its own.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }
}
