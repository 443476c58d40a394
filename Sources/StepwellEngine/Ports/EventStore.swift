package import StepwellHistory

/// The port through which the engine keeps its log: small enough for a SQL engine later.
///
/// Guarantees every adapter gives:
/// 1. When `append` returns, the batch but for the turns it names as refused is durable and
///    visible to every read; when it throws anything but `.unknown`, nothing of the batch is there
///    now or ever.
/// 2. `append` is idempotent by (execution, ordinal): a turn that is there already is skipped when
///    its digest agrees; another digest, a gap or a head that does not follow is a
///    `contradiction`, and nothing of the batch is written.
/// 3. A turn that claims a name is refused, and nothing else with it, while another execution holds
///    the name; of two turns that claim one name, in one batch or in two, one is refused.
/// 4. Reads see committed batches only, in commit order, and never a part of one. They hold up no
///    append, and no append holds them up.
/// 5. Everything but the turns (heads, names, listings, wake times, snapshots) is derived: an
///    adapter rebuilds it from the turns, and what was dropped, alone.
/// 6. Only the holder of the newest fence appends and drops.
///
/// Only the commit thread calls `append`, `drop` and `maintain`; every other call may come from any
/// thread.
package protocol EventStore: AnyObject, Sendable {
    /// Who this store is: identity, shard and formats, fixed at its creation.
    var identity: StoreIdentity { get }

    /// Whether there is room to start executions; when there is not, running ones still go on.
    ///
    /// Asked after starts were refused as `full`, until it is true again.
    var hasRoomForStarts: Bool { get }

    /// Takes the shard over: every fence given out before is worth nothing any more.
    func acquire() throws(StoreError) -> Fence

    /// Makes a batch durable, but for the turns that it cannot take.
    ///
    /// One with nothing in it is proof that commits succeed: the adapter writes something of its
    /// own and syncs it as ever.
    ///
    /// - Throws: `fenced` when the fence is not the newest one.
    func append(_ batch: AppendBatch, fence: Fence) throws(StoreError) -> AppendOutcome

    /// Has executions be no more: once it returns they are in no answer, after a restart either,
    /// nor their snapshots, and their names are free; their numbers are not given again.
    ///
    /// They are dropped together or not at all; those that are not there are passed over, so that
    /// it can be asked for again. A scan, which goes by the log, may still visit turns of what was
    /// dropped, until `maintain` has given their space back.
    ///
    /// - Returns: the cursor behind it.
    /// - Throws: `contradiction` when one is open or has work left, or is the catalog; otherwise as
    ///   `append` does.
    func drop(_ executions: [ExecutionNumber], fence: Fence) throws(StoreError) -> StoreCursor

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
    ///
    /// - Throws: `unusable` when the cursor is none of this store's.
    func scan(
        from cursor: StoreCursor?,
        visit: (StoredTurn) -> ScanStep
    ) throws(StoreError) -> StoreCursor

    /// The head of an execution; nil when there is no such execution.
    func head(of execution: ExecutionNumber) throws(StoreError) -> ExecutionHead?

    /// The head of the newest execution of a name in a state machine (names are free again after a
    /// retention time, so there can have been earlier ones).
    func head(
        named name: String,
        in stateMachineARN: String
    ) throws(StoreError) -> ExecutionHead?

    /// The highest number of an execution, dropped or not; nil when there was none.
    func newest() throws(StoreError) -> ExecutionNumber?

    /// Executions of a machine, newest start first.
    ///
    /// Like all pages it looks at no more than `looks` rows (and at least at one), so it may be
    /// short, or empty, and have others behind it.
    func listing(
        _ query: ListingQuery,
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionHead>

    /// Running executions that wait for a time, earliest first.
    func due(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<DueRow>

    /// Running executions with outstanding tasks or an unfinished turn, by number.
    func unsettled(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionNumber>

    /// How many executions run, without the children of Map Runs; kept, not counted.
    func openExecutions() throws(StoreError) -> Int

    /// How many executions each of some machines has, by status, in the order of the machines.
    ///
    /// The executions of a machine are counted the first time; later it costs a look at what is
    /// known.
    func statusCounts(of stateMachineARNs: [String]) throws(StoreError) -> [StatusCounts]

    /// The newest snapshot of an execution's state, when there is one.
    func snapshot(of execution: ExecutionNumber) throws(StoreError) -> StoredSnapshot?

    /// Does at most one bounded step of the store's own work, such as writing derived data down so
    /// that recovery starts later in the log.
    func maintain() throws(StoreError) -> Maintenance
}

/// Whether a scan goes on.
package enum ScanStep: Sendable {
    case proceed
    /// Nothing more is visited, the rest of the batch included.
    case stop
    /// The rest of the batch is visited, so that the cursor is behind everything that was.
    case stopBehindBatch
}
