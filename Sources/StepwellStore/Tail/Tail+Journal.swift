import StepwellEngine
import StepwellHistory

extension Tail {
    /// Adds the segments of a batch that was read from the journal.
    mutating func apply(_ batch: Batch, _ source: RunSource) throws(StoreError) {
        var follower = BatchFollower()
        try batch.forEachSegment { segment, location throws(StoreError) in
            switch segment {
            case .turn(let frame, let bytes):
                let before = try follower.entry(frame.execution) { execution throws(StoreError) in
                    try entry(execution, source)
                }
                try follower.follow(frame, bytes, at: location, behind: before)
            case .directory(let frame):
                let before = try follower.entry(frame.execution) { execution throws(StoreError) in
                    try entry(execution, source)
                }
                try follower.follow(frame, at: location, behind: before)
            case .drop(let frame):
                let before = try follower.entry(frame.execution) { execution throws(StoreError) in
                    try entry(execution, source)
                }
                try follower.follow(frame, at: location, behind: before)
            }
        }
        var next = head
        next.nextPosition = batch.header.position + 1
        next.digest = batch.header.digest
        next.journalBytes = batch.header.bytesBefore + UInt64(batch.bytes.count)
        install(follower.changes.all, head: next)
        tidy(waiting: true)
    }
}

/// Says what a batch that is read from the journal did to entries.
private struct BatchFollower {
    private(set) var changes = TailChanges()

    func entry(
        _ execution: ExecutionNumber,
        known: (ExecutionNumber) throws(StoreError) -> ExecutionEntry?
    ) throws(StoreError) -> ExecutionEntry? {
        if changes.isDropped(execution) { return nil }
        if let entry = changes[execution] { return entry }
        return try known(execution)
    }

    mutating func follow(
        _ frame: TurnFrame,
        _ bytes: [UInt8],
        at location: SegmentLocation,
        behind before: ExecutionEntry?
    ) throws(StoreError) {
        let execution = frame.execution
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
            var entry = before ?? ExecutionEntry(beginning: head)
            entry.head = head
            entry.add(frame.firstOrdinal, at: location)
            changes.put(entry, behind: before)
        } catch {
            throw StoreError(
                .damaged,
                "batch \(location.position), execution \(execution.rawValue), ordinal "
                    + "\(frame.firstOrdinal.rawValue): \(error)"
            )
        }
    }

    mutating func follow(
        _ frame: DirectoryFrame,
        at location: SegmentLocation,
        behind before: ExecutionEntry?
    ) throws(StoreError) {
        guard var entry = before, entry.recent == frame.references else {
            throw StoreError(
                .damaged,
                "batch \(location.position): a directory of execution "
                    + "\(frame.execution.rawValue) does not list its segments"
            )
        }
        entry.close(with: location)
        changes.put(entry, behind: before)
    }

    mutating func follow(
        _ frame: DropFrame,
        at location: SegmentLocation,
        behind before: ExecutionEntry?
    ) throws(StoreError) {
        guard let before, DropFrame(ending: before.head) == frame else {
            throw StoreError(
                .damaged,
                "batch \(location.position): execution \(frame.execution.rawValue) is dropped "
                    + "after a turn other than its last"
            )
        }
        changes.drop(before)
    }
}
