package import StepwellEngine
package import StepwellHistory
import StepwellLMDB
import Synchronization

extension LMDBEventStore {
    package func readTurns(
        of execution: ExecutionNumber,
        ordinals: ClosedRange<Ordinal>,
        byteLimit: Int
    ) throws(StoreError) -> [StoredTurn] {
        let entry = try derived.withLock { state throws(StoreError) in
            try refresh(&state)
            return try state.entry(execution)
        }
        guard let entry else { return [] }
        return try turns(of: entry, ordinals: ordinals, byteLimit: byteLimit)
    }

    /// The turns of an entry's execution that meet `ordinals`.
    func turns(
        of entry: ExecutionEntry,
        ordinals: ClosedRange<Ordinal>,
        byteLimit: Int
    ) throws(StoreError) -> [StoredTurn] {
        guard ordinals.lowerBound <= entry.head.lastOrdinal else { return [] }
        let journal = journal
        let transaction = try journal.beginRead()
        let references = try references(of: entry, from: ordinals.lowerBound, journal, transaction)
        var found: [StoredTurn] = []
        var byteCount = 0
        for reference in references where reference.firstOrdinal <= ordinals.upperBound {
            let turn = try turn(at: reference, of: entry.execution, journal, transaction)
            guard found.isEmpty || byteCount + turn.bytes.count <= byteLimit else { break }
            byteCount += turn.bytes.count
            found.append(turn)
        }
        return found
    }

    /// Where the segments are from the one that holds an ordinal on, oldest first.
    private func references(
        of entry: ExecutionEntry,
        from ordinal: Ordinal,
        _ journal: Journal,
        _ transaction: borrowing ReadTransaction
    ) throws(StoreError) -> [SegmentReference] {
        var parts = [entry.recent]
        var directory = entry.directory
        while let location = directory, (parts.last?.first?.firstOrdinal ?? Ordinal(.max)) > ordinal
        {
            guard case .directory(let frame) = try journal.segment(at: location, transaction),
                frame.execution == entry.execution, frame.previous != location,
                frame.previous.map({ $0.position <= location.position }) ?? true
            else {
                throw StoreError(.damaged, "batch \(location.position): no directory there")
            }
            parts.append(frame.references)
            directory = frame.previous
        }
        let all = Array(parts.reversed().joined())
        let first = all.lastIndex { $0.firstOrdinal <= ordinal } ?? 0
        return Array(all[first...])
    }

    private func turn(
        at reference: SegmentReference,
        of execution: ExecutionNumber,
        _ journal: Journal,
        _ transaction: borrowing ReadTransaction
    ) throws(StoreError) -> StoredTurn {
        let place = reference.location
        guard case .turn(let frame, let bytes) = try journal.segment(at: place, transaction),
            frame.execution == execution, frame.firstOrdinal == reference.firstOrdinal
        else {
            throw StoreError(
                .damaged,
                "batch \(place.position) does not hold ordinal \(reference.firstOrdinal.rawValue) "
                    + "of execution \(execution.rawValue)"
            )
        }
        do throws(TurnCodecError) {
            try TurnCodec.verifyDigest(of: bytes)
            let header = try TurnCodec.peek(bytes)
            guard header.execution == execution, header.firstOrdinal == frame.firstOrdinal else {
                throw TurnCodecError(.invalid("frame"))
            }
        } catch {
            throw StoreError(
                .damaged,
                "batch \(place.position), execution \(execution.rawValue), ordinal "
                    + "\(reference.firstOrdinal.rawValue): \(error)"
            )
        }
        return StoredTurn(execution: execution, firstOrdinal: frame.firstOrdinal, bytes: bytes)
    }

    package func snapshot(
        of execution: ExecutionNumber
    ) throws(StoreError) -> StoredSnapshot? {
        let journal = journal
        let transaction = try journal.beginRead()
        let bytes: [UInt8]?
        do throws(LMDBError) {
            bytes = try transaction.bytes(
                of: Journal.key(execution.rawValue),
                in: journal.snapshots
            )
        } catch {
            throw StoreError(error)
        }
        guard let bytes else { return nil }
        return try SnapshotRow.decode(bytes, of: execution)
    }

    package func scan(
        from cursor: StoreCursor?,
        visit: (StoredTurn) -> ScanStep
    ) throws(StoreError) -> StoreCursor {
        let journal = journal
        var position = cursor?.position ?? 0
        let end = try journal.head(try journal.beginRead()).nextPosition
        while position < end {
            // One short transaction for each batch, and none while the visitor works.
            guard let batch = try journal.batch(at: position, try journal.beginRead()) else {
                throw StoreError(.damaged, "batch \(position) is missing")
            }
            position += 1
            var step = ScanStep.proceed
            try batch.forEachSegment { segment, _ throws(StoreError) in
                guard case .turn(let frame, let bytes) = segment, case .proceed = step else {
                    return
                }
                step = visit(
                    StoredTurn(
                        execution: frame.execution,
                        firstOrdinal: frame.firstOrdinal,
                        bytes: bytes
                    )
                )
            }
            if case .stop = step { break }
        }
        return StoreCursor(position: position)
    }
}
