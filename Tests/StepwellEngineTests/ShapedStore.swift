import StepwellEngine
import StepwellHistory
import StepwellTesting

/// A store whose appends can be held up, whose reads can fail and whose readers are made up.
final class ShapedStore: EventStore {
    private let store = SimulatedStore()
    private let beforeAppend: @Sendable () -> Void
    private let beforeRead: @Sendable (ClosedRange<Ordinal>) throws(StoreError) -> Void
    private let readers: @Sendable () -> ReaderReport

    init(
        readers: @escaping @Sendable () -> ReaderReport = { ReaderReport() },
        beforeRead: @escaping @Sendable (ClosedRange<Ordinal>) throws(StoreError) -> Void = { _ in
        },
        beforeAppend: @escaping @Sendable () -> Void = {}
    ) {
        self.beforeRead = beforeRead
        self.readers = readers
        self.beforeAppend = beforeAppend
    }

    var identity: StoreIdentity { store.identity }

    var hasRoomForStarts: Bool { store.hasRoomForStarts }

    func append(_ batch: AppendBatch) throws(StoreError) -> StoreCursor {
        beforeAppend()
        return try store.append(batch)
    }

    func readTurns(
        of execution: ExecutionNumber,
        ordinals: ClosedRange<Ordinal>,
        byteLimit: Int
    ) throws(StoreError) -> [StoredTurn] {
        try beforeRead(ordinals)
        return try store.readTurns(of: execution, ordinals: ordinals, byteLimit: byteLimit)
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

    func checkpoint() throws(StoreError) -> Bool { try store.checkpoint() }

    func checkReaders() throws(StoreError) -> ReaderReport { readers() }
}
