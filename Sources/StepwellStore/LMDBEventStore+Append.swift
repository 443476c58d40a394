package import StepwellEngine
import StepwellHistory
import StepwellLMDB
import Synchronization

extension LMDBEventStore {
    package func append(_ batch: AppendBatch) throws(StoreError) -> StoreCursor {
        guard !options.isReadOnly else {
            throw StoreError(.unusable, "\(path) is open for reading only")
        }
        guard !isDistrusted.load(ordering: .acquiring) else {
            throw StoreError(.unusable, "\(path): an earlier commit could not be made durable")
        }
        var composer = try derived.withLock { state throws(StoreError) in
            try compose(batch, state)
        }
        // Turns that are all there already need no commit; with none at all one is asked for.
        guard composer.hasContent || !batch.snapshots.isEmpty || batch.turns.isEmpty else {
            return StoreCursor(position: derived.withLock { $0.head.nextPosition })
        }
        CrashPoint.beforePut.reached()
        try refuseWhenFull(starting: composer.hasStart)
        let head = try commit(&composer, batch.snapshots)
        CrashPoint.afterCommit.reached()
        derived.withLock { state in
            for execution in composer.order {
                if let entry = composer.touched[execution] { state.active.put(entry) }
            }
            state.head = head
        }
        return StoreCursor(position: head.nextPosition)
    }

    /// Frames the turns that are new; those that are there have to be the same.
    private func compose(
        _ batch: AppendBatch,
        _ state: DerivedState
    ) throws(StoreError) -> BatchComposer {
        var composer = BatchComposer(
            head: state.head,
            identity: identity
        )
        for turn in batch.turns {
            let isNew = try composer.add(turn) { execution throws(StoreError) in
                try state.entry(execution)
            }
            if !isNew { try checkStored(turn, state.entry(turn.head.execution)) }
        }
        return composer
    }

    private func checkStored(
        _ turn: EncodedTurn,
        _ entry: ExecutionEntry?
    ) throws(StoreError) {
        let header = try turn.checkedHeader()
        guard let entry else {
            throw StoreError(.contradiction, "a batch holds a turn of the same ordinals twice")
        }
        let range = header.firstOrdinal...max(header.firstOrdinal, header.lastOrdinal)
        let stored = try turns(of: entry, ordinals: range, byteLimit: 1)
        guard stored.first?.bytes == turn.bytes else {
            throw StoreError(
                .contradiction,
                "execution \(header.execution.rawValue): another turn from ordinal "
                    + "\(header.firstOrdinal.rawValue) is stored already"
            )
        }
    }

    private func commit(
        _ composer: inout BatchComposer,
        _ snapshots: [StoredSnapshot]
    ) throws(StoreError) -> HeadRow {
        let fault = options.faults?.next()
        switch fault {
        case .full: throw StoreError(.full, "injected: the disk is full")
        case .failed: throw StoreError(.failed, "injected: writing failed")
        case .unknownAndLost: throw StoreError(.unknown, "injected: the outcome is unknown")
        case .unknownButDurable, nil: break
        }
        let head: HeadRow
        do throws(LMDBError) {
            head = try write(&composer, snapshots)
        } catch {
            throw try outcome(of: error)
        }
        guard fault == nil else {
            try confirm()
            try catchUp()
            throw StoreError(.unknown, "injected: the outcome is unknown")
        }
        return head
    }

    private func write(
        _ composer: inout BatchComposer,
        _ snapshots: [StoredSnapshot]
    ) throws(LMDBError) -> HeadRow {
        let journal = journal
        var transaction = try journal.environment.beginWrite()
        while let (header, bytes, content) = composer.nextSealed() {
            let size = BatchHeader.valueSize(content: content.count)
            try transaction.reserve(
                Journal.key(header.position),
                byteCount: size,
                in: journal.batches,
                appending: true
            ) { room in
                room.copyBytes(from: bytes)
                let rest = UnsafeMutableRawBufferPointer(rebasing: room[bytes.count...])
                rest.copyBytes(from: content)
                let padding = UnsafeMutableRawBufferPointer(rebasing: rest[content.count...])
                padding.initializeMemory(as: UInt8.self, repeating: 0)
            }
        }
        CrashPoint.afterPut.reached()
        for snapshot in snapshots {
            let row = SnapshotRow.encode(snapshot)
            try transaction.put(
                Journal.key(snapshot.execution.rawValue),
                row,
                in: journal.snapshots
            )
        }
        var head = composer.head
        head.transaction = UInt64(transaction.number)
        try transaction.put(KeySpace.Row.head.key, head.encoded, in: journal.main)
        CrashPoint.beforeCommit.reached()
        try transaction.commit()
        return head
    }
}
