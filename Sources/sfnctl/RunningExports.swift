import Synchronization

/// What a server writes of its executions, while it does.
final class RunningExports: Sendable {
    private let running = Atomic(0)

    /// Has something written.
    func run(_ body: @escaping @Sendable () async -> Void) {
        running.add(1, ordering: .relaxed)
        Task {
            await body()
            running.subtract(1, ordering: .releasing)
        }
    }

    /// Waits until all is written, as long as that may take; false when it took longer.
    ///
    /// What is missing then comes at the next start: the cursors say where.
    func finish(within limit: Duration) async -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while running.load(ordering: .acquiring) > 0 {
            guard clock.now < end else { return false }
            try? await clock.sleep(for: .milliseconds(5))
        }
        return true
    }
}
