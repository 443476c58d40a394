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
    /// The commit thread's; in a store that is only read, whoever refreshes it has it.
    let tail: Mutex<Tail>
    /// What readers see; the lock is held to take or put the reference.
    private let published: Mutex<Index>
    let cache: BlockCache
    let counters: ReadCounters
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
        tail: Tail,
        cache: BlockCache,
        counters: ReadCounters,
        ownership: DirectoryLock?,
        hold: DataFileLock?
    ) {
        self.identity = identity
        self.path = path
        self.options = options
        self.ownership = ownership
        self.hold = hold
        recoveredBatches = tail.head.nextPosition - tail.manifest.recovery.nextPosition
        self.journal = journal
        published = Mutex(tail.index)
        self.tail = Mutex(tail)
        self.cache = cache
        self.counters = counters
        checkpointer = Mutex(Checkpointer(options))
    }

    /// What readers see.
    var index: Index { published.withLock { $0 } }

    /// Shows what the tail has become to readers.
    func publish(_ tail: Tail) {
        let index = tail.index
        published.withLock { $0 = index }
    }

    /// Where the blocks of runs come from.
    var source: RunSource { RunSource(journal: journal, cache: cache, counters: counters) }

    /// Of a store that is only read: takes in what the owner committed since.
    func refresh() throws(StoreError) {
        let recovery = Recovery(
            journal: journal,
            identity: identity,
            ignoresCheckpoints: options.ignoresCheckpoints
        )
        let source = source
        try tail.withLock { tail throws(StoreError) in
            try recovery.refresh(&tail, source)
            publish(tail)
        }
    }

    package func acquire() throws(StoreError) -> Fence {
        // Nothing is appended to a store that is only read, whatever the fence.
        guard !options.isReadOnly else { return Fence(epoch: 0) }
        return Fence(epoch: epoch.add(1, ordering: .acquiringAndReleasing).newValue)
    }

    /// Why a store that is only read takes nothing.
    var readOnly: StoreError { StoreError(.unusable, "\(path) is open for reading only") }

    package func maintain() throws(StoreError) -> Maintenance {
        guard !options.isReadOnly, trust.isWhole else { return Maintenance() }
        let step = try checkpointer.withLock { checkpointer throws(StoreError) in
            try checkpointer.step(self)
        }
        return Maintenance(
            hasMore: step == .more,
            isWaiting: step == .waiting,
            readers: isReaderCheckDue ? try checkReaders() : nil
        )
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
