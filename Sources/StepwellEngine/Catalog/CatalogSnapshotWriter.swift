import StepwellHistory

/// Writes a snapshot of the catalog bit by bit, so that none of it takes long: parts, each a
/// snapshot row of a reserved number, and at the end the row of the catalog's own number, which
/// makes them count.
struct CatalogSnapshotWriter {
    /// The bytes behind which a part is not filled up further.
    static let partBytes = 16 << 10

    private let head: CatalogHead
    /// Which of the two sets of numbers is written; the other belongs to the snapshot before.
    private let set: UInt8
    private var walk: CatalogWalk
    private var parts = 0
    private(set) var isDone = false

    init(_ catalog: Catalog, _ head: CatalogHead, set: UInt8) {
        self.head = head
        self.set = set
        walk = CatalogWalk(catalog)
    }

    /// The next row to keep; nil when all are written.
    mutating func next() -> StoredSnapshot? {
        guard !isDone else { return nil }
        guard !walk.isAtEnd else {
            isDone = true
            let form = CatalogSnapshot(head: head, set: set, parts: parts)
            return StoredSnapshot(
                execution: .catalog,
                ordinal: head.lastOrdinal,
                bytes: form.bytes
            )
        }
        var writer = ByteWriter(capacity: Self.partBytes + 4_096)
        while writer.count < Self.partBytes, let item = walk.next() { item.write(into: &writer) }
        parts += 1
        return StoredSnapshot(
            execution: CatalogSnapshot.number(ofPart: parts - 1, set: set),
            ordinal: head.lastOrdinal,
            bytes: writer.bytes
        )
    }
}
