/// What the owner of a shard appends with; a newer one, given out to whoever takes the shard over,
/// makes it worthless.
package struct Fence: Sendable, Hashable {
    package let epoch: UInt64

    package init(epoch: UInt64) {
        self.epoch = epoch
    }
}
