import DequeModule
import StepwellHistory

/// The catalog as a shard decides on it, with the way back to what is durable, and the snapshots
/// that shorten the next start.
struct CatalogKeeper {
    private(set) var catalog: Catalog
    private(set) var head = CatalogHead()
    /// The newest that is known to be durable.
    private var durable: State
    /// The newer ones, by the batch that brings each.
    private var undurable: Deque<State> = []

    /// Records below which no snapshot is taken.
    private let snapshotFloor: Int
    private var recordsSinceSnapshot = 0
    private var itemsInSnapshot = 0
    private var set: UInt8 = 0
    private var writer: CatalogSnapshotWriter?
    /// How many records the snapshot under way has more than the last.
    private var recordsInWriting = 0

    private struct State {
        var catalog: Catalog
        var head: CatalogHead
    }

    init(library: DefinitionLibrary, snapshotFloor: Int) {
        catalog = Catalog(library: library)
        durable = State(catalog: catalog, head: head)
        self.snapshotFloor = snapshotFloor
    }

    /// Takes up what a store has: its newest snapshot, and the stream since.
    mutating func load(from store: any EventStore) throws(StoreError) {
        if let (snapshot, content) = try CatalogSnapshot.newest(
            in: store,
            library: catalog.library
        ) {
            catalog = content
            head = snapshot.head
            set = 1 - min(snapshot.set, 1)
            itemsInSnapshot = content.itemCount
        }
        try follow(store)
    }

    /// Goes back to what is durable after a failing commit.
    mutating func revert(to watermark: UInt64) {
        retire(watermark)
        catalog = durable.catalog
        head = durable.head
        undurable = []
        // What was written of a snapshot may be lost, or of a state that never was.
        writer = nil
    }

    private mutating func follow(_ store: any EventStore) throws(StoreError) {
        while true {
            let next = head.lastOrdinal.advanced(by: 1)
            let turns = try Self.turns(from: next, in: store)
            if turns.isEmpty { break }
            try follow(turns)
        }
        durable = State(catalog: catalog, head: head)
    }

    /// Some turns of the stream from an ordinal on; none behind its end.
    static func turns(
        from ordinal: Ordinal,
        in store: any EventStore
    ) throws(StoreError) -> [StoredTurn] {
        try store.readTurns(
            of: .catalog,
            ordinals: ordinal...Ordinal(.max),
            byteLimit: 1 << 20
        )
    }

    /// Follows durable turns behind those that are known.
    mutating func follow(_ turns: [StoredTurn]) throws(StoreError) {
        for stored in turns {
            let turn = try CatalogTurn.decode(stored.bytes)
            catalog.apply(turn.record, at: turn.ordinal)
            head.lastOrdinal = turn.ordinal
            head.lastTime = turn.time
            head.digest = turn.digest
            recordsSinceSnapshot += 1
        }
        durable = State(catalog: catalog, head: head)
    }

    /// Follows a record that a batch is to make durable; gives its turn.
    mutating func append(
        _ record: CatalogRecord,
        at time: Timestamp,
        in batch: UInt64,
        durable watermark: UInt64
    ) -> EncodedTurn {
        retire(watermark)
        let ordinal = head.lastOrdinal.advanced(by: 1)
        let (bytes, digest) = CatalogTurn.encode(
            record,
            ordinal: ordinal,
            time: time,
            previous: head.digest
        )
        catalog.apply(record, at: ordinal)
        head.lastOrdinal = ordinal
        head.lastTime = time
        head.digest = digest
        head.batch = batch
        if undurable.last?.head.batch == batch { undurable.removeLast() }
        undurable.append(State(catalog: catalog, head: head))
        recordsSinceSnapshot += 1
        return EncodedTurn(bytes: bytes, head: head.executionHead)
    }

    /// Forgets the ways back that are not needed any more.
    private mutating func retire(_ watermark: UInt64) {
        while let first = undurable.first, first.head.batch <= watermark {
            durable = first
            undurable.removeFirst()
        }
    }

    /// A bounded piece of a snapshot to keep with the batch at hand, when one is due: when there
    /// are twice as many records since the last as it has items.
    mutating func nextSnapshotRow() -> StoredSnapshot? {
        if writer == nil, recordsSinceSnapshot > max(snapshotFloor, 2 * itemsInSnapshot) {
            writer = CatalogSnapshotWriter(catalog, head, set: set)
            itemsInSnapshot = catalog.itemCount
            recordsInWriting = recordsSinceSnapshot
        }
        let row = writer?.next()
        if writer?.isDone == true {
            writer = nil
            recordsSinceSnapshot -= recordsInWriting
            set = 1 - set
        }
        return row
    }
}

extension Catalog {
    /// About how many items a snapshot has.
    fileprivate var itemCount: Int {
        stateMachines.count + deletedStateMachines.count + activities.count + definitions.count
    }
}
