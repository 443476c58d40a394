import StepwellEngine
import StepwellHistory
import StepwellTesting
import Synchronization

/// A store whose appends can be held up, whose reads can fail and whose readers are made up.
final class ShapedStore: EventStore {
    private let store = SimulatedStore()
    private let beforeAppend: @Sendable () -> Void
    private let beforeRead: @Sendable (ClosedRange<Ordinal>) throws(StoreError) -> Void
    private let beforeLookup: @Sendable (_ stateMachineARN: String) -> Void
    private let readers: @Sendable () -> ReaderReport
    private let snapshots: @Sendable (ExecutionNumber, StoredSnapshot?) -> StoredSnapshot?
    private let read = Mutex<[StoredTurn]>([])
    private let listings = Atomic<Int>(0)

    init(
        readers: @escaping @Sendable () -> ReaderReport = { ReaderReport() },
        beforeRead: @escaping @Sendable (ClosedRange<Ordinal>) throws(StoreError) -> Void = { _ in
        },
        beforeLookup: @escaping @Sendable (_ stateMachineARN: String) -> Void = { _ in },
        snapshots: @escaping @Sendable (ExecutionNumber, StoredSnapshot?) -> StoredSnapshot? = {
            $1
        },
        beforeAppend: @escaping @Sendable () -> Void = {}
    ) {
        self.snapshots = snapshots
        self.beforeRead = beforeRead
        self.beforeLookup = beforeLookup
        self.readers = readers
        self.beforeAppend = beforeAppend
    }

    /// How many questions for listings were asked.
    var listingCount: Int { listings.load(ordering: .relaxed) }

    /// The turns that were read of executions since this was last asked.
    func takeRead() -> [StoredTurn] {
        read.withLock { read in
            defer { read = [] }
            return read
        }
    }

    var identity: StoreIdentity { store.identity }

    var hasRoomForStarts: Bool { store.hasRoomForStarts }

    func acquire() throws(StoreError) -> Fence { try store.acquire() }

    func append(_ batch: AppendBatch, fence: Fence) throws(StoreError) -> AppendOutcome {
        beforeAppend()
        return try store.append(batch, fence: fence)
    }

    func drop(
        _ executions: [ExecutionNumber],
        fence: Fence
    ) throws(StoreError) -> StoreCursor {
        try store.drop(executions, fence: fence)
    }

    /// Makes turns durable, whoever runs on the store.
    func keep(_ turns: [EncodedTurn]) throws(StoreError) {
        _ = try store.append(AppendBatch(turns: turns), fence: try store.acquire())
    }

    func readTurns(
        of execution: ExecutionNumber,
        ordinals: ClosedRange<Ordinal>,
        byteLimit: Int
    ) throws(StoreError) -> [StoredTurn] {
        try beforeRead(ordinals)
        let turns = try store.readTurns(of: execution, ordinals: ordinals, byteLimit: byteLimit)
        read.withLock { $0 += turns }
        return turns
    }

    func end() throws(StoreError) -> StoreCursor { try store.end() }

    func scan(
        from cursor: StoreCursor?,
        visit: (StoredTurn) -> ScanStep
    ) throws(StoreError) -> StoreCursor {
        try store.scan(from: cursor, visit: visit)
    }

    func head(of execution: ExecutionNumber) throws(StoreError) -> ExecutionHead? {
        try store.head(of: execution)
    }

    func head(
        named name: String,
        in stateMachineARN: String
    ) throws(StoreError) -> ExecutionHead? {
        beforeLookup(stateMachineARN)
        return try store.head(named: name, in: stateMachineARN)
    }

    func newest() throws(StoreError) -> ExecutionNumber? { try store.newest() }

    func listing(
        _ query: ListingQuery,
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionHead> {
        listings.add(1, ordering: .relaxed)
        // As rarely as a store may find what is asked for: by looking at everything.
        let all = ListingQuery(stateMachineARN: query.stateMachineARN, status: nil)
        let page = try store.listing(all, after: cursor, looks: looks)
        let rows = page.rows.filter { query.status == nil || $0.summary.status == query.status }
        return QueryPage(rows: rows, next: page.next)
    }

    func due(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<DueRow> {
        try store.due(after: cursor, looks: looks)
    }

    func unsettled(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionNumber> {
        try store.unsettled(after: cursor, looks: looks)
    }

    func openExecutions() throws(StoreError) -> Int { try store.openExecutions() }

    func statusCounts(of stateMachineARNs: [String]) throws(StoreError) -> [StatusCounts] {
        try store.statusCounts(of: stateMachineARNs)
    }

    func snapshot(of execution: ExecutionNumber) throws(StoreError) -> StoredSnapshot? {
        snapshots(execution, try store.snapshot(of: execution))
    }

    func maintain() throws(StoreError) -> Maintenance { Maintenance(readers: readers()) }
}
