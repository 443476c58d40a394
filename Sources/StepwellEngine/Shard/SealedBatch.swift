/// Turns that are ready to be made durable, with their place in the shard's order of batches.
package struct SealedBatch: Sendable {
    /// The number of the newest batch in it (batches that wait are merged).
    package var number: UInt64
    /// Counts the shard's reloads: a batch of an earlier generation is never committed.
    package var generation: UInt64
    /// The shard's right to append it.
    package var fence: Fence
    package var batch: AppendBatch
    /// The bytes of its turns and snapshots.
    package var byteCount: Int

    /// Joins the batch that was sealed after this one.
    mutating func merge(_ later: SealedBatch) {
        number = later.number
        batch.turns.append(contentsOf: later.batch.turns)
        batch.snapshots.append(contentsOf: later.batch.snapshots)
        batch.droppedSnapshots.append(contentsOf: later.batch.droppedSnapshots)
        byteCount += later.byteCount
    }
}
