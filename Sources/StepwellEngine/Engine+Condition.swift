import Synchronization

extension Engine {
    /// How many tasks connectors work on, and how many wait for their turn.
    package var taskLoad: (running: Int, queued: Int) {
        dispatcher.state.withLock { ($0.running.count, $0.queue.count) }
    }

    /// Whether no task is handed to connectors yet; see `resume`.
    package var isSuspended: Bool { dispatcher.state.withLock { $0.isSuspended } }

    /// Has tasks handed to connectors, where the configuration had the engine begin without.
    package func resume() { dispatcher.resume() }

    /// Has an action taken, once, as soon as nothing is written any more until the engine is opened
    /// again; it is given why.
    package func onReadOnly(_ action: @escaping @Sendable (StoreError) -> Void) {
        shard.condition.onReadOnly(action)
    }

    /// What keeps the engine from doing all of its work; read without waiting for its threads.
    package var condition: ShardCondition {
        var condition = shard.condition.current
        if condition.full != nil, store.hasRoomForStarts { condition.full = nil }
        return condition
    }
}
