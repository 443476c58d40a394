import StepwellEngine
import StepwellHistory

/// Frames turns into batches, and says what becomes of the entries of their executions; writes
/// nothing itself.
struct BatchComposer {
    /// A batch that is ready to be sealed and put.
    struct Composed {
        var position: UInt64
        var segmentCount: UInt32 = 0
        var content: [UInt8] = []
    }

    private(set) var batches: [Composed] = []
    /// The entries that change with the batches.
    private(set) var changes = TailChanges()
    /// The turns that are not taken.
    private(set) var refused: [RefusedTurn] = []
    private var refusedExecutions: Set<ExecutionNumber> = []
    /// The head row after the batches that were sealed.
    private(set) var head: HeadRow
    private var nextPosition: UInt64
    private var sealedCount = 0
    let commitStart: UInt64
    private let identity: StoreIdentity

    /// Composes batches behind a journal that ends with `head`.
    init(head: HeadRow, identity: StoreIdentity) {
        self.head = head
        self.identity = identity
        nextPosition = head.nextPosition
        commitStart = head.nextPosition
    }

    /// Whether there is anything to write.
    var hasContent: Bool { !batches.isEmpty }

    /// Seals the next batch: gives its header, plain and encoded, and its content.
    mutating func nextSealed() -> (header: BatchHeader, bytes: [UInt8], content: [UInt8])? {
        guard sealedCount < batches.count else { return nil }
        let batch = batches[sealedCount]
        sealedCount += 1
        var header = BatchHeader(
            shard: identity.shard,
            segmentCount: batch.segmentCount,
            storeID: identity.storeID,
            position: batch.position,
            contentLength: UInt64(batch.content.count),
            commitStart: commitStart,
            bytesBefore: head.journalBytes,
            previousDigest: head.digest
        )
        let bytes = header.seal(content: batch.content)
        head.nextPosition = batch.position + 1
        head.digest = header.digest
        head.journalBytes += UInt64(BatchHeader.valueSize(content: batch.content.count))
        return (header, bytes, batch.content)
    }

    /// Whether a turn of the execution was refused.
    func isRefused(_ execution: ExecutionNumber) -> Bool {
        !refusedExecutions.isEmpty && refusedExecutions.contains(execution)
    }

    /// Notes that a turn is not taken.
    mutating func refuse(_ execution: ExecutionNumber, _ reason: RefusedTurn.Reason) {
        refusedExecutions.insert(execution)
        refused.append(RefusedTurn(execution: execution, reason: reason))
    }

    /// Adds a turn behind the entry that its execution has, in the batches or else in the store.
    ///
    /// - Returns: false when the turn has to be there already: its ordinals are not new.
    mutating func add(
        _ turn: EncodedTurn,
        behind entry: ExecutionEntry?
    ) throws(StoreError) -> Bool {
        let header = try turn.checkedHeader()
        guard header.shard == identity.shard else {
            throw StoreError(
                .contradiction,
                "a turn of shard \(header.shard) in shard \(identity.shard)"
            )
        }
        let execution = header.execution
        let last = entry?.head.lastOrdinal ?? Ordinal(0)
        if header.firstOrdinal <= last { return false }
        guard header.firstOrdinal == last.advanced(by: 1) else {
            throw StoreError(
                .contradiction,
                "execution \(execution.rawValue): a turn from ordinal "
                    + "\(header.firstOrdinal.rawValue) after ordinal \(last.rawValue)"
            )
        }
        guard header.previous == entry?.head.digest ?? .origin else {
            throw StoreError(
                .contradiction,
                "execution \(execution.rawValue): the turn from ordinal "
                    + "\(header.firstOrdinal.rawValue) does not follow the one before"
            )
        }
        let head = turn.head
        guard head == ExecutionHead(after: header, of: entry?.head ?? head, digest: head.digest)
        else {
            throw StoreError(
                .contradiction,
                "execution \(execution.rawValue): the head does not agree with the turn from "
                    + "ordinal \(header.firstOrdinal.rawValue)"
            )
        }
        changes.put(append(turn, header, behind: entry), behind: entry)
        return true
    }

    /// Adds that an execution is no more.
    mutating func drop(_ entry: ExecutionEntry) {
        var writer = ByteWriter(capacity: 64)
        DropFrame(ending: entry.head).write(to: &writer)
        _ = place(writer.bytes)
        changes.drop(entry)
    }

    private mutating func append(
        _ turn: EncodedTurn,
        _ header: TurnHeader,
        behind before: ExecutionEntry?
    ) -> ExecutionEntry {
        var entry = before ?? ExecutionEntry(beginning: turn.head)
        entry.head = turn.head
        let frame = TurnFrame(
            execution: header.execution,
            firstOrdinal: header.firstOrdinal,
            index: entry.segmentCount,
            previous: entry.last,
            directory: entry.directory,
            length: turn.bytes.count
        )
        var writer = ByteWriter(capacity: turn.bytes.count + 48)
        frame.write(to: &writer)
        writer.writeRaw(turn.bytes)
        entry.add(header.firstOrdinal, at: place(writer.bytes))
        if let directory = entry.dueDirectory {
            var writer = ByteWriter(capacity: 512)
            directory.write(to: &writer)
            entry.close(with: place(writer.bytes))
        }
        return entry
    }

    /// Puts a segment behind the others and says where it is.
    private mutating func place(_ segment: [UInt8]) -> SegmentLocation {
        let limit = BatchHeader.targetValueSize - BatchHeader.byteCount
        let last = batches.count - 1
        if batches.isEmpty || batches[last].content.count + segment.count > limit {
            var fresh = Composed(position: nextPosition)
            fresh.content.reserveCapacity(min(limit, max(segment.count, 4096)))
            batches.append(fresh)
            nextPosition += 1
        }
        let index = batches.count - 1
        let offset = BatchHeader.byteCount + batches[index].content.count
        batches[index].content.append(contentsOf: segment)
        batches[index].segmentCount += 1
        return SegmentLocation(position: batches[index].position, offset: UInt32(offset))
    }
}

extension ExecutionEntry {
    /// The entry of an execution without segments.
    init(beginning head: ExecutionHead) {
        self.init(head: head, segmentCount: 0, last: nil, directory: nil, recent: [])
    }

    /// Notes a segment.
    mutating func add(_ firstOrdinal: Ordinal, at location: SegmentLocation) {
        recent.append(SegmentReference(firstOrdinal: firstOrdinal, location: location))
        last = location
        segmentCount += 1
    }

    /// The directory frame that has to follow now.
    var dueDirectory: DirectoryFrame? {
        guard recent.count >= DirectoryFrame.interval else { return nil }
        return DirectoryFrame(
            execution: execution,
            index: segmentCount,
            previous: directory,
            references: recent
        )
    }

    /// Notes the directory frame that holds the recent segments.
    mutating func close(with directory: SegmentLocation) {
        self.directory = directory
        recent.removeAll(keepingCapacity: true)
    }
}
