import Glibc
import StepwellEngine
import StepwellHistory
import StepwellStore

/// A store that finishes a checkpoint after every append.
final class CheckpointingStore: EventStore {
    private let store: LMDBEventStore

    init(_ store: LMDBEventStore) {
        self.store = store
    }

    var identity: StoreIdentity { store.identity }

    var hasRoomForStarts: Bool { store.hasRoomForStarts }

    func acquire() throws(StoreError) -> Fence { try store.acquire() }

    func append(_ batch: AppendBatch, fence: Fence) throws(StoreError) -> AppendOutcome {
        let outcome = try store.append(batch, fence: fence)
        try store.writeDown()
        return outcome
    }

    func drop(
        _ executions: [ExecutionNumber],
        fence: Fence
    ) throws(StoreError) -> StoreCursor {
        let cursor = try store.drop(executions, fence: fence)
        try store.writeDown()
        return cursor
    }

    func readTurns(
        of execution: ExecutionNumber,
        ordinals: ClosedRange<Ordinal>,
        byteLimit: Int
    ) throws(StoreError) -> [StoredTurn] {
        try store.readTurns(of: execution, ordinals: ordinals, byteLimit: byteLimit)
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
        try store.head(named: name, in: stateMachineARN)
    }

    func newest() throws(StoreError) -> ExecutionNumber? { try store.newest() }

    func listing(
        _ query: ListingQuery,
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionHead> {
        try store.listing(query, after: cursor, looks: looks)
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
        try store.snapshot(of: execution)
    }

    func maintain() throws(StoreError) -> Maintenance { try store.maintain() }
}

extension EventStore {
    /// Appends as whoever takes the shard over now.
    @discardableResult
    func append(_ batch: AppendBatch) throws(StoreError) -> AppendOutcome {
        try append(batch, fence: acquire())
    }

    /// Drops as the shard's newest owner.
    @discardableResult
    func drop(_ executions: [ExecutionNumber]) throws(StoreError) -> StoreCursor {
        try drop(executions, fence: try acquire())
    }

    /// Does all that the store has to do of itself.
    func writeDown() throws(StoreError) {
        while true {
            let step = try maintain()
            if step.isWaiting { sched_yield() }
            guard step.hasMore || step.isWaiting else { return }
        }
    }
}
