import StepwellEngine
import Synchronization

/// How a store stands: for operators and tests.
package struct StoreStatistics: Sendable, Hashable {
    /// Complete sorted runs, and how many of them came of merges.
    package let runs: Int
    package let mergedRuns: Int
    /// Executions whose entries are in memory, since they changed after the newest checkpoint.
    package let executionsInMemory: Int
    /// How many batches were read when the store was opened.
    package let recoveredBatches: UInt64
    /// The bytes of all batches.
    package let journalBytes: UInt64
    /// The position of the next batch.
    package let nextPosition: UInt64
    /// The number of the newest LMDB transaction known to be durable.
    package let transaction: UInt64
}

extension LMDBEventStore {
    /// How the store stands.
    package var statistics: StoreStatistics {
        derived.withLock { state in
            StoreStatistics(
                runs: state.runs.count,
                mergedRuns: state.runs.count { $0.level > 0 },
                executionsInMemory: state.active.entries.count
                    + (state.frozen?.entries.count ?? 0),
                recoveredBatches: recoveredBatches,
                journalBytes: state.head.journalBytes,
                nextPosition: state.head.nextPosition,
                transaction: state.head.transaction
            )
        }
    }
}
