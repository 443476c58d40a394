import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// Checks the rows of a store in the order of their keys: chains of batches and turns, checksums.
struct JournalCheck {
    let path: String
    private var identity: StoreIdentity?
    private var head = HeadRow.origin
    private var committed = HeadRow.origin
    private var manifest: Manifest?
    private var ends: [ExecutionNumber: (ordinal: Ordinal, digest: TurnDigest)] = [:]
    private var dropped: Set<ExecutionNumber> = []
    private var digests: Set<[UInt8]> = []
    private var turns: UInt64 = 0
    private var snapshots = 0
    private var runBlocks = 0
    private var completeRuns: Set<UInt64> = []

    init(path: String) {
        self.path = path
    }

    /// Takes the rows of the unnamed table.
    mutating func begin(_ rows: [[UInt8]: [UInt8]]) throws(StoreError) -> StoreIdentity {
        guard let row = rows[KeySpace.Row.identity.key] else {
            throw StoreError(.unusable, "\(path) holds no store")
        }
        let identity = try IdentityRow.decode(row, path: path)
        self.identity = identity
        if let row = rows[KeySpace.Row.head.key] {
            do throws(ByteReaderError) {
                committed = try HeadRow(row)
            } catch {
                throw StoreError(.damaged, "the head row: \(error.what)")
            }
        }
        if let row = rows[KeySpace.Row.manifest.key] { manifest = try Manifest(row) }
        return identity
    }

    /// Takes a row of a named table.
    mutating func row(of table: String, key: [UInt8], value: [UInt8]) throws(StoreError) {
        guard let number = KeyEncoding.unsigned(in: key, at: 0) else {
            throw StoreError(.damaged, "a key of table \(table) is too short")
        }
        switch KeySpace.Table(rawValue: table) {
        case .journal: try batch(at: number, value)
        case .derived: try block(of: number, key, value)
        case .snapshots:
            _ = try SnapshotRow.decode(value, of: ExecutionNumber(number))
            snapshots += 1
        case nil: throw StoreError(.damaged, "a table \(table) that no store has")
        }
    }

    private mutating func batch(at position: UInt64, _ value: [UInt8]) throws(StoreError) {
        let batch = try Batch(verifying: value)
        let header = batch.header
        guard position == head.nextPosition, header.position == position else {
            throw StoreError(.damaged, "batch \(head.nextPosition) is missing")
        }
        guard header.storeID == identity?.storeID, header.shard == identity?.shard else {
            throw StoreError(.damaged, "batch \(position) is of another store")
        }
        guard header.previousDigest == head.digest, header.bytesBefore == head.journalBytes else {
            throw StoreError(.damaged, "batch \(position) does not follow the one before")
        }
        var segments: [Segment] = []
        try batch.forEachSegment { segment, _ throws(StoreError) in segments.append(segment) }
        for segment in segments {
            switch segment {
            case .turn(let frame, let bytes): try turn(frame, bytes, position)
            case .drop(let frame): try drop(frame, position)
            case .directory: break
            }
        }
        digests.insert(header.digest)
        head.nextPosition += 1
        head.digest = header.digest
        head.journalBytes += UInt64(value.count)
    }

    private mutating func turn(
        _ frame: TurnFrame,
        _ bytes: [UInt8],
        _ position: UInt64
    ) throws(StoreError) {
        do throws(TurnCodecError) {
            try TurnCodec.verifyDigest(of: bytes)
            let turn = try TurnCodec.peek(bytes)
            let end = ends[turn.execution]
            guard turn.execution == frame.execution, !dropped.contains(turn.execution),
                turn.firstOrdinal == (end?.ordinal ?? Ordinal(0)).advanced(by: 1),
                turn.previous == end?.digest ?? .origin
            else { throw TurnCodecError(.invalid("link to the turn before")) }
            ends[turn.execution] = (turn.lastOrdinal, try TurnCodec.storedDigest(of: bytes))
            turns += 1
        } catch {
            throw StoreError(
                .damaged,
                "batch \(position), execution \(frame.execution.rawValue), ordinal "
                    + "\(frame.firstOrdinal.rawValue): \(error)"
            )
        }
    }

    private mutating func drop(_ frame: DropFrame, _ position: UInt64) throws(StoreError) {
        dropped.insert(frame.execution)
        let end = ends.removeValue(forKey: frame.execution)
        guard let end, end.ordinal == frame.lastOrdinal, end.digest == frame.digest else {
            throw StoreError(
                .damaged,
                "batch \(position): execution \(frame.execution.rawValue) is dropped after "
                    + "another turn than its last"
            )
        }
    }

    private mutating func block(
        of run: UInt64,
        _ key: [UInt8],
        _ value: [UInt8]
    ) throws(StoreError) {
        guard key.count == 12 else { throw StoreError(.damaged, "a key of a run is not valid") }
        let block = key[8...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        if block == SortedRun.indexBlock {
            _ = try SortedRun(identifier: run, index: value)
            completeRuns.insert(run)
        } else {
            _ = try BlockRows(value, run: run, number: block)
        }
        runBlocks += 1
    }

    /// Whether what was found is what was committed, and holds the anchor.
    func finish(
        _ identity: StoreIdentity,
        _ anchor: [UInt8]?
    ) throws(StoreError) -> StoreVerification {
        guard head.nextPosition == committed.nextPosition, head.digest == committed.digest,
            head.journalBytes == committed.journalBytes
        else {
            throw StoreError(
                .damaged,
                "the journal ends at batch \(head.nextPosition); \(committed.nextPosition) were "
                    + "committed"
            )
        }
        if let absent = manifest?.runs.first(where: { !completeRuns.contains($0) }) {
            throw StoreError(.damaged, "run \(absent) has no index")
        }
        if let anchor, !digests.contains(anchor) {
            throw StoreError(.damaged, "no batch has the digest of the anchor")
        }
        return StoreVerification(
            identity: identity,
            batches: head.nextPosition,
            turns: turns,
            executions: ends.count,
            journalBytes: head.journalBytes,
            snapshots: snapshots,
            runBlocks: runBlocks,
            digest: head.digest
        )
    }
}
