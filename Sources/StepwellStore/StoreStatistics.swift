import StepwellEngine
import Synchronization

/// How a store stands: for operators and tests.
package struct StoreStatistics: Sendable, Hashable {
    /// Complete sorted runs, and how many of them came of merges.
    package let runs: Int
    package let mergedRuns: Int
    /// Entries in memory, of executions that changed after the newest checkpoint; one that changed
    /// often may be there more than once.
    package let executionsInMemory: Int
    /// How many batches were read when the store was opened.
    package let recoveredBatches: UInt64
    /// The bytes of all batches.
    package let journalBytes: UInt64
    /// The position of the next batch.
    package let nextPosition: UInt64
    /// The number of the newest LMDB transaction known to be durable.
    package let transaction: UInt64
    /// Rows of runs that say that a key is there no more.
    package let goneRows: Int
    /// How many parts of what is in memory a reader looks through.
    package let chunks: Int
    /// What answering queries took since the store was opened: rows of ordered indexes that were
    /// looked at, entries that were decoded, blocks of runs that were read from the files.
    package let looks: UInt64
    package let entriesDecoded: UInt64
    package let blocksRead: UInt64
}

extension LMDBEventStore {
    /// How the store stands.
    package var statistics: StoreStatistics {
        let index = index
        return StoreStatistics(
            runs: index.runs.count,
            mergedRuns: index.runs.count { $0.level > 0 },
            executionsInMemory: index.entriesInMemory,
            recoveredBatches: recoveredBatches,
            journalBytes: index.head.journalBytes,
            nextPosition: index.head.nextPosition,
            transaction: tail.withLock { $0.head.transaction },
            goneRows: index.runs.reduce(0) { $0 + $1.goneCount },
            chunks: index.chunks.count + index.frozen.count,
            looks: counters.looks.load(ordering: .relaxed),
            entriesDecoded: counters.entries.load(ordering: .relaxed),
            blocksRead: counters.blocks.load(ordering: .relaxed)
        )
    }
}
