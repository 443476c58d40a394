package import StepwellEngine
import StepwellHistory
import StepwellLMDB
import Synchronization

/// The event store on LMDB: one shard of a data directory.
///
/// Appended batches go into a journal, each as one value with pages of its own; everything else is
/// derived from it, kept in memory and written down by checkpoints. A writer owns the directory;
/// other processes may open it to read at the same time.
package final class LMDBEventStore: EventStore {
    package let identity: StoreIdentity
    /// The directory of the shard's files.
    package let path: String
    let options: StoreOptions
    let recoveredBatches: UInt64
    let derived: Mutex<DerivedState>
    /// The open environment; the store opens it again below this when LMDB gave up.
    let journal: Journal
    let directoryIndexes = Mutex(DirectoryIndexes())
    private let checkpointer: Mutex<Checkpointer>
    private let readersLookedAt = Mutex<ContinuousClock.Instant?>(nil)
    /// The newest fence that was given out.
    let epoch = Atomic<UInt64>(0)
    let trust = Trust()
    /// Held while the store is open for writing.
    private let ownership: DirectoryLock?
    private let hold: DataFileLock?

    init(
        identity: StoreIdentity,
        path: String,
        options: StoreOptions,
        journal: Journal,
        state: DerivedState,
        ownership: DirectoryLock?,
        hold: DataFileLock?
    ) {
        self.identity = identity
        self.path = path
        self.options = options
        self.ownership = ownership
        self.hold = hold
        recoveredBatches = state.head.nextPosition - state.manifest.recovery.nextPosition
        self.journal = journal
        derived = Mutex(state)
        checkpointer = Mutex(Checkpointer(interval: options.checkpointBytes))
    }

    /// Of a store that is only read: takes in what the owner committed since.
    func refresh(_ state: inout DerivedState) throws(StoreError) {
        guard options.isReadOnly else { return }
        let recovery = Recovery(
            journal: journal,
            identity: identity,
            ignoresCheckpoints: options.ignoresCheckpoints
        )
        try recovery.refresh(&state)
    }

    package func acquire() throws(StoreError) -> Fence {
        guard !options.isReadOnly else { throw readOnly }
        return Fence(epoch: epoch.add(1, ordering: .acquiringAndReleasing).newValue)
    }

    /// Why a store that is only read takes nothing.
    var readOnly: StoreError { StoreError(.unusable, "\(path) is open for reading only") }

    package func maintain() throws(StoreError) -> Maintenance {
        guard !options.isReadOnly, trust.isWhole else { return Maintenance() }
        let hasMore = try checkpointer.withLock { checkpointer throws(StoreError) in
            try checkpointer.step(self)
        }
        return Maintenance(hasMore: hasMore, readers: isReaderCheckDue ? try checkReaders() : nil)
    }

    private var isReaderCheckDue: Bool {
        let now = ContinuousClock.now
        return readersLookedAt.withLock { last in
            if let last, now - last < options.readerCheckInterval { return false }
            last = now
            return true
        }
    }
}
