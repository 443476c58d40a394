extension Engine {
    /// What keeps the engine from doing all of its work; read without waiting for its threads.
    package var condition: ShardCondition {
        var condition = shard.condition.current
        if condition.full != nil, store.hasRoomForStarts { condition.full = nil }
        return condition
    }
}
