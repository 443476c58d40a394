import Synchronization

/// Where a shard's turn thread writes its condition, and anyone reads it without waiting for that
/// thread.
package final class ConditionBoard: Sendable {
    private let condition = Mutex(ShardCondition())

    package init() {}

    /// The newest condition.
    package var current: ShardCondition { condition.withLock { $0 } }

    /// Changes the condition; the turn thread only.
    func update(_ change: (inout ShardCondition) -> Void) {
        condition.withLock { change(&$0) }
    }
}
