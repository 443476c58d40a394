import StepwellHistory

/// Reads the turns of every execution in the order of their commits, each as soon as it is durable.
///
/// It asks the store at its own pace: one that is slow costs nobody else anything, and what it has
/// not read yet is on disk and not in memory.
package struct LogFollower {
    private let engine: Engine
    /// Where the log goes on behind what was given.
    package private(set) var cursor: StoreCursor

    /// Follows from a cursor on; nil is what becomes durable from now on.
    ///
    /// Throws `StoreError` when the store cannot be read.
    package init(engine: Engine, from cursor: StoreCursor?) throws(StoreError) {
        self.engine = engine
        self.cursor = if let cursor { cursor } else { try engine.store.end() }
    }

    /// About how much is given at a time.
    private static let byteLimit = 1 << 20

    /// The next turns, at least one; none when the engine has ended and all were given.
    ///
    /// Throws `StoreError` when the store cannot be read, `CancellationError`.
    package mutating func next() async throws -> [StoredTurn] {
        var isOpen = true
        while true {
            let rings = engine.commits.rings
            let (turns, cursor) = try await read()
            self.cursor = cursor
            if !turns.isEmpty || !isOpen { return turns }
            isOpen = try await engine.commits.wait(beyond: rings)
        }
    }

    private func read() async throws -> ([StoredTurn], StoreCursor) {
        try await engine.reads.read(.page, isRefusable: false) { [store = engine.store, cursor] in
            var turns: [StoredTurn] = []
            var bytes = 0
            let end = try store.scan(from: cursor) { turn in
                turns.append(turn)
                bytes += turn.bytes.count
                return bytes < Self.byteLimit ? .proceed : .stopBehindBatch
            }
            return (turns, end)
        }
    }
}
