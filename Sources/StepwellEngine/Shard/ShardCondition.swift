/// What keeps a shard from doing all of its work.
package struct ShardCondition: Sendable {
    /// Why the newest commit failed; nil as soon as one has succeeded again.
    ///
    /// A shard with nothing to write commits an empty batch after its rest, so this does not stay
    /// when the cause is gone.
    package var commitFailure: StoreError?
    /// Why nothing is written any more until the engine is opened again.
    package var readOnly: StoreError?
    /// Why starts are refused while everything running goes on: the store is full.
    package var full: StoreError?
    /// Why timers, or work that an earlier life left unfinished, cannot be looked up; what of it is
    /// in memory goes on.
    package var indexFailure: StoreError?
    /// Some of the executions that are set aside because they cannot be read, by number.
    package var quarantined: [QuarantinedExecution] = []
    /// How many executions are set aside.
    package var quarantinedCount = 0

    package init() {}

    /// Why nothing can be recorded now, if so.
    package var obstacle: StoreError? { readOnly ?? commitFailure }
}
