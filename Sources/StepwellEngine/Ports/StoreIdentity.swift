/// What a store says of itself.
package struct StoreIdentity: Sendable, Hashable {
    /// 16 random bytes drawn when the store was created.
    package let storeID: [UInt8]
    /// The shard this store holds, from 0.
    package let shard: UInt16
    /// How many shards there are; fixed for the life of the data directory.
    package let shardCount: UInt16
    /// The version of the physical format.
    package let formatVersion: UInt16

    package init(storeID: [UInt8], shard: UInt16, shardCount: UInt16, formatVersion: UInt16) {
        self.storeID = storeID
        self.shard = shard
        self.shardCount = shardCount
        self.formatVersion = formatVersion
    }
}
