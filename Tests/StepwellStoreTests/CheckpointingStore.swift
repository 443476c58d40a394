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

    func append(_ batch: AppendBatch) throws(StoreError) -> StoreCursor {
        let cursor = try store.append(batch)
        while try store.checkpoint() {}
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

    func heads(_ query: HeadQuery) throws(StoreError) -> [ExecutionHead] {
        try store.heads(query)
    }

    func snapshot(of execution: ExecutionNumber) throws(StoreError) -> StoredSnapshot? {
        try store.snapshot(of: execution)
    }

    func checkpoint() throws(StoreError) -> Bool {
        try store.checkpoint()
    }
}
