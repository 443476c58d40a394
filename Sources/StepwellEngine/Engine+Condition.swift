import Synchronization

extension Engine {
    /// How many tasks connectors work on, and how many wait for their turn.
    package var taskLoad: (running: Int, queued: Int) {
        dispatcher.state.withLock { ($0.running.count, $0.queue.count) }
    }

    /// What keeps the engine from doing all of its work; read without waiting for its threads.
    package var condition: ShardCondition {
        var condition = shard.condition.current
        if condition.full != nil, store.hasRoomForStarts { condition.full = nil }
        return condition
    }
}
