import Synchronization

/// Where a shard's turn thread writes its condition, and anyone reads it without waiting for that
/// thread.
package final class ConditionBoard: Sendable {
    /// Who is told of the end: a closure as a member of a type, never alone in the `Mutex`.
    private struct State: Sendable {
        var condition = ShardCondition()
        var onReadOnly: (@Sendable (StoreError) -> Void)?

        /// What is to be done now that nothing is written any more.
        mutating func takeEnd() -> (@Sendable () -> Void)? {
            guard let error = condition.readOnly, let action = onReadOnly else { return nil }
            onReadOnly = nil
            return { action(error) }
        }
    }

    private let state = Mutex(State())

    package init() {}

    /// The newest condition.
    package var current: ShardCondition { state.withLock { $0.condition } }

    /// Changes the condition; the turn thread only.
    func update(_ change: (inout ShardCondition) -> Void) {
        let end = state.withLock { state in
            change(&state.condition)
            return state.takeEnd()
        }
        end?()
    }

    /// Has an action taken as soon as nothing is written any more, once; at once when it is so.
    func onReadOnly(_ action: @escaping @Sendable (StoreError) -> Void) {
        let end = state.withLock { state in
            state.onReadOnly = action
            return state.takeEnd()
        }
        end?()
    }
}
