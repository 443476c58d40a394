import Synchronization

/// A task that runs until it is ended.
final class FeedTask: Sendable {
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Begins.
    func start(_ body: @escaping @Sendable () async -> Void) {
        task.withLock { $0 = Task { await body() } }
    }

    /// Cancels it and waits for its end.
    func end() async {
        let running = task.withLock { $0 }
        running?.cancel()
        await running?.value
    }
}
