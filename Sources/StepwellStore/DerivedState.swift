import StepwellEngine
import StepwellHistory

/// The derived data as it stands after the newest batch that is known: what is in memory, and the
/// runs below it.
struct DerivedState: Sendable {
    /// Takes the entries of new batches.
    var active: Memtable
    /// What a checkpoint is writing down; no longer changes.
    var frozen: Memtable?
    /// The newest batch that the frozen table covers.
    var frozenHead = HeadRow.origin
    /// The newest batch that the tables above cover.
    var head: HeadRow
    /// The checkpoint that the runs are of.
    var manifest: Manifest
    /// The runs, oldest first.
    var runs: [SortedRun]
    /// Where the runs' blocks are.
    var journal: Journal
    /// How many executions are open.
    var openExecutions = 0

    /// The state at a checkpoint; the journal behind it has still to be followed.
    init(manifest: Manifest, runs: [SortedRun], journal: Journal) {
        active = Memtable(firstPosition: manifest.recovery.nextPosition)
        head = manifest.recovery
        self.manifest = manifest
        self.runs = runs
        self.journal = journal
    }

    /// The newest entry of an execution.
    func entry(_ execution: ExecutionNumber) throws(StoreError) -> ExecutionEntry? {
        if let entry = active[execution] { return entry }
        if let entry = frozen?[execution] { return entry }
        let key = IndexKey.entry(execution)
        for run in runs.reversed() where run.filter.mayContain(key) {
            var cursor = RunCursor(run: run, journal: journal)
            if let row = try cursor.first(from: key), row.key == key {
                return try ExecutionEntry(row: row, run: run.identifier)
            }
        }
        return nil
    }

    /// Adds the segments of a batch that was read from the journal.
    mutating func apply(_ batch: Batch) throws(StoreError) {
        try batch.forEachSegment { segment, location throws(StoreError) in
            switch segment {
            case .turn(let frame, let bytes): try apply(frame, bytes, at: location)
            case .directory(let frame): try apply(frame, at: location)
            }
        }
        head.nextPosition = batch.header.position + 1
        head.digest = batch.header.digest
        head.journalBytes = batch.header.bytesBefore + UInt64(batch.bytes.count)
    }

    private mutating func apply(
        _ frame: TurnFrame,
        _ bytes: [UInt8],
        at location: SegmentLocation
    ) throws(StoreError) {
        let execution = frame.execution
        let before = try entry(execution)
        do throws(TurnCodecError) {
            let header = try TurnCodec.peek(bytes)
            let last = before?.head.lastOrdinal ?? Ordinal(0)
            guard header.execution == execution, header.firstOrdinal == frame.firstOrdinal,
                header.firstOrdinal == last.advanced(by: 1),
                header.previous == before?.head.digest ?? .origin
            else { throw TurnCodecError(.invalid("link to the turn before")) }
            let known: ExecutionHead
            if let before {
                known = before.head
            } else {
                known = try .named(byFirstTurn: bytes, header)
            }
            let digest = try TurnCodec.storedDigest(of: bytes)
            let head = ExecutionHead(after: header, of: known, digest: digest)
            var entry =
                before
                ?? ExecutionEntry(
                    head: head,
                    segmentCount: 0,
                    last: nil,
                    directory: nil,
                    recent: []
                )
            openExecutions += (head.isOpen ? 1 : 0) - (before?.head.isOpen == true ? 1 : 0)
            entry.head = head
            entry.add(frame.firstOrdinal, at: location)
            active.put(entry)
        } catch {
            throw StoreError(
                .damaged,
                "batch \(location.position), execution \(execution.rawValue), ordinal "
                    + "\(frame.firstOrdinal.rawValue): \(error)"
            )
        }
    }

    private mutating func apply(
        _ frame: DirectoryFrame,
        at location: SegmentLocation
    ) throws(StoreError) {
        guard var entry = try entry(frame.execution), entry.recent == frame.references else {
            throw StoreError(
                .damaged,
                "batch \(location.position): a directory of execution "
                    + "\(frame.execution.rawValue) does not list its segments"
            )
        }
        entry.close(with: location)
        active.put(entry)
    }
}
