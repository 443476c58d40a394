/// How a store is opened.
package struct StoreOptions: Sendable {
    /// Whether the store is only read, beside a running server or after it.
    package var isReadOnly = false
    /// How many shards a new data directory has; an existing one must have as many.
    package var shardCount: UInt16 = 1
    /// The reserved address space in bytes, which bounds the file.
    package var mapSize = 1 << 40
    /// The size in bytes that the store's file may have; nil: the disk's.
    package var quotaBytes: UInt64?
    /// How many bytes below the quota, or of free disk, are kept for running executions: when less
    /// is left, starts are refused and everything else goes on.
    package var reserveBytes: UInt64 = 64 << 20
    /// How many bytes of journal may follow the newest checkpoint before one is due.
    package var checkpointBytes: UInt64 = 64 << 20
    /// How many executions may have changed since the newest checkpoint before one is due: an entry
    /// of each is in memory, whatever little of a journal it has.
    package var checkpointEntries = 1 << 16
    /// How often dead readers are removed and the lag of the oldest one is measured.
    package var readerCheckInterval: Duration = .seconds(10)
    /// About how many bytes of blocks of derived data are kept in memory for whoever reads.
    package var blockCacheBytes = 16 << 20
    /// Whether derived data is sorted and merged beside the commits; otherwise `maintain` does it
    /// itself, which always takes the same steps.
    package var worksInBackground = true
    /// Whether a commit may return before it is on the disk: a crash of the machine then loses the
    /// newest commits, or all.
    package var isRelaxed = false
    /// Whether everything is rebuilt from the journal alone, passing over all checkpoints.
    package var ignoresCheckpoints = false
    /// The 16 bytes that a new store is known by; nil: random ones.
    package var storeID: [UInt8]?
    /// Faults to inject, for tests.
    package var faults: CommitFaults?

    package init() {}

    /// Options of a store that is only read.
    package static var readOnly: StoreOptions {
        var options = StoreOptions()
        options.isReadOnly = true
        return options
    }
}
