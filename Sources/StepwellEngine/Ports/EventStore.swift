package import StepwellHistory

/// The port through which the engine keeps its log: small enough for a SQL engine later.
///
/// Guarantees every adapter gives:
/// 1. When `append` returns, the batch is durable and visible to every read; when it throws
///    anything but `.unknown`, nothing of the batch is there now or ever.
/// 2. `append` is idempotent by (execution, ordinal): a segment that is there already is skipped
///    when its digest agrees; another digest, a gap or a head that does not follow is refused as
///    `.contradiction`, and nothing of the batch is written.
/// 3. Reads see committed batches only, in commit order, and never a part of one.
/// 4. Everything but the turns (heads, names, listings, wake times, snapshots) is derived: an
///    adapter rebuilds it from the turns alone.
///
/// Only the commit thread calls `append`, `checkpoint` and `checkReaders`; every other call may
/// come from any thread.
package protocol EventStore: AnyObject, Sendable {
    /// Who this store is: identity, shard and formats, fixed at its creation.
    var identity: StoreIdentity { get }

    /// Whether there is room to start executions; when there is not, running ones still go on.
    ///
    /// Asked after an append was refused as `full`, until it is true again.
    var hasRoomForStarts: Bool { get }

    /// Makes a batch durable. One with nothing in it is proof that commits succeed: the adapter
    /// writes something of its own and syncs it as ever.
    func append(_ batch: AppendBatch) throws(StoreError) -> StoreCursor

    /// The turns of one execution whose ordinals meet `ordinals`, oldest first, at most about
    /// `byteLimit` bytes of them (at least one when there is one).
    func readTurns(
        of execution: ExecutionNumber,
        ordinals: ClosedRange<Ordinal>,
        byteLimit: Int
    ) throws(StoreError) -> [StoredTurn]

    /// The cursor behind the newest committed batch.
    func end() throws(StoreError) -> StoreCursor

    /// Visits the committed turns of every execution in commit order, from a cursor (nil: from
    /// the beginning) until `visit` says stop; returns the cursor behind the batch of the last one
    /// visited.
    func scan(
        from cursor: StoreCursor?,
        visit: (StoredTurn) -> ScanStep
    ) throws(StoreError) -> StoreCursor

    /// Answers a question about heads; see `HeadQuery`.
    func heads(_ query: HeadQuery) throws(StoreError) -> [ExecutionHead]

    /// The newest snapshot of an execution's state, when there is one.
    func snapshot(of execution: ExecutionNumber) throws(StoreError) -> StoredSnapshot?

    /// Writes derived data so that recovery starts later in the log; does at most one bounded step
    /// and says whether more is due.
    func checkpoint() throws(StoreError) -> Bool

    /// Removes readers of the store's files that died, and says how far the oldest one is behind.
    func checkReaders() throws(StoreError) -> ReaderReport
}

extension EventStore {
    /// For a store whose readers hold nothing back: there are none.
    package func checkReaders() throws(StoreError) -> ReaderReport { ReaderReport() }
}

/// Whether a scan goes on.
package enum ScanStep: Sendable {
    case proceed
    /// Nothing more is visited, the rest of the batch included.
    case stop
    /// The rest of the batch is visited, so that the cursor is behind everything that was.
    case stopBehindBatch
}

/// An opaque position behind a committed batch; larger is later.
package struct StoreCursor: Sendable, Hashable, Comparable {
    package let position: UInt64

    package init(position: UInt64) {
        self.position = position
    }

    /// The order in the log.
    package static func < (lhs: StoreCursor, rhs: StoreCursor) -> Bool {
        lhs.position < rhs.position
    }
}
