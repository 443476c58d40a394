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
        let entry = try reading { reader throws(StoreError) in try reader.entry(execution) }
        guard let entry else { return [] }
        return try turns(of: entry, ordinals: ordinals, byteLimit: byteLimit)
    }

    /// The turns of an entry's execution that meet `ordinals`, up to `byteLimit` bytes and at least
    /// one.
    func turns(
        of entry: ExecutionEntry,
        ordinals: ClosedRange<Ordinal>,
        byteLimit: Int
    ) throws(StoreError) -> [StoredTurn] {
        guard ordinals.lowerBound <= entry.head.lastOrdinal else { return [] }
        let transaction = try journal.beginRead()
        var found: [StoredTurn] = []
        var byteCount = 0
        let index = try directories(of: entry, journal, transaction)
        for place in index.first(holding: ordinals.lowerBound, recent: entry.recent)...index.count {
            var references = entry.recent
            if place < index.count {
                let location = index.places[place].location
                references = try directory(at: location, of: entry.execution, journal, transaction)
                    .references
            }
            let first = references.lastIndex { $0.firstOrdinal <= ordinals.lowerBound } ?? 0
            for reference in references[first...] {
                guard reference.firstOrdinal <= ordinals.upperBound else { return found }
                let turn = try turn(at: reference, of: entry.execution, journal, transaction)
                guard found.isEmpty || byteCount + turn.bytes.count <= byteLimit else {
                    return found
                }
                byteCount += turn.bytes.count
                found.append(turn)
            }
        }
        return found
    }

    /// Where an execution's directories are, oldest first: what is not known from an earlier read
    /// is found by following the links back.
    private func directories(
        of entry: ExecutionEntry,
        _ journal: Journal,
        _ transaction: borrowing ReadTransaction
    ) throws(StoreError) -> DirectoryIndex {
        guard var location = entry.directory else { return DirectoryIndex() }
        let known = directoryIndexes.withLock { $0.index(of: entry.execution) }
        var found: [DirectoryIndex.Place] = []
        while true {
            if let known, let shared = known.prefix(upTo: location) {
                found += shared.places.reversed()
                break
            }
            let frame = try directory(at: location, of: entry.execution, journal, transaction)
            guard let first = frame.references.first else {
                throw StoreError(.damaged, "batch \(location.position): an empty directory")
            }
            found.append(DirectoryIndex.Place(firstOrdinal: first.firstOrdinal, location: location))
            guard let previous = frame.previous else { break }
            location = previous
        }
        let index = DirectoryIndex(places: found.reversed())
        directoryIndexes.withLock { $0.keep(index, of: entry.execution) }
        return index
    }

    private func directory(
        at location: SegmentLocation,
        of execution: ExecutionNumber,
        _ journal: Journal,
        _ transaction: borrowing ReadTransaction
    ) throws(StoreError) -> DirectoryFrame {
        guard case .directory(let frame) = try journal.segment(at: location, transaction),
            frame.execution == execution, frame.previous.map({ $0.isBefore(location) }) ?? true
        else {
            throw StoreError(.damaged, "batch \(location.position): no directory there")
        }
        return frame
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

    package func end() throws(StoreError) -> StoreCursor {
        StoreCursor(number: try believedEnd())
    }

    /// The position behind the newest batch that is believed.
    ///
    /// The owner shows no more than its index knows: a commit is in the file a moment before.
    private func believedEnd() throws(StoreError) -> UInt64 {
        guard options.isReadOnly else { return trust.believed(index.head.nextPosition) }
        return trust.believed(try journal.head(try journal.beginRead()).nextPosition)
    }

    /// Visits the committed turns in order.
    package func scan(
        from cursor: StoreCursor?,
        visit: (StoredTurn) -> ScanStep
    ) throws(StoreError) -> StoreCursor {
        guard var position = cursor.map(\.number) ?? 0 else {
            throw StoreError(.unusable, "\(path): this is not a position in its log")
        }
        let end = try believedEnd()
        while position < end {
            // One short transaction for each batch, and none while the visitor works.
            guard let batch = try journal.batch(at: position, try journal.beginRead()) else {
                throw StoreError(.damaged, "batch \(position) is missing")
            }
            position += 1
            var step = ScanStep.proceed
            try batch.forEachSegment { segment, _ throws(StoreError) in
                guard case .turn(let frame, let bytes) = segment else { return }
                if case .stop = step { return }
                let next = visit(
                    StoredTurn(
                        execution: frame.execution,
                        firstOrdinal: frame.firstOrdinal,
                        bytes: bytes
                    )
                )
                if case .proceed = next { return }
                step = next
            }
            guard case .proceed = step else { break }
        }
        return StoreCursor(number: position)
    }
}
