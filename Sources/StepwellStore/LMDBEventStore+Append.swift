package import StepwellEngine
import StepwellHistory
import StepwellLMDB
import Synchronization

extension LMDBEventStore {
    package func append(
        _ batch: AppendBatch,
        fence: Fence
    ) throws(StoreError) -> AppendOutcome {
        try checkOwnership(fence)
        var composer = try tail.withLock { tail throws(StoreError) in
            try compose(batch, tail)
        }
        let snapshots = batch.snapshots.filter { !composer.isRefused($0.execution) }
        // Turns that are all there already, or refused, need no commit; with none at all one is
        // asked for.
        guard
            composer.hasContent || batch.turns.isEmpty || !snapshots.isEmpty
                || !batch.droppedSnapshots.isEmpty
        else {
            let end = tail.withLock { $0.head.nextPosition }
            return AppendOutcome(cursor: StoreCursor(number: end), refused: composer.refused)
        }
        let head = try commit(&composer, snapshots, dropping: batch.droppedSnapshots)
        install(composer.changes, head)
        return AppendOutcome(
            cursor: StoreCursor(number: head.nextPosition),
            refused: composer.refused
        )
    }

    /// Whether the caller may write.
    func checkOwnership(_ fence: Fence) throws(StoreError) {
        guard !options.isReadOnly else { throw readOnly }
        guard fence.epoch == epoch.load(ordering: .acquiring) else {
            throw StoreError(.fenced, "\(path): another owner has taken the shard over")
        }
        try trust.check()
    }

    /// Shows what was committed to readers.
    func install(_ changes: TailChanges, _ head: HeadRow) {
        tail.withLock { tail in
            tail.install(changes.all, head: head)
            tail.tidy(waiting: !options.worksInBackground)
            publish(tail)
        }
    }

    /// Frames the turns that are new and can be taken; those that are there have to be the same.
    private func compose(
        _ batch: AppendBatch,
        _ tail: Tail
    ) throws(StoreError) -> BatchComposer {
        let source = source
        var composer = BatchComposer(head: tail.head, identity: identity)
        var isFull: StoreError??
        for turn in batch.turns {
            let execution = turn.head.execution
            guard !composer.isRefused(execution) else {
                composer.refuse(execution, .follows)
                continue
            }
            var entry = composer.changes[execution]
            if entry == nil { entry = try tail.entry(execution, source) }
            if entry == nil, execution != .catalog {
                if let reason = try objection(to: turn, composer, tail, source) {
                    composer.refuse(execution, reason)
                    continue
                }
                if isFull == nil { isFull = .some(fullForStarts) }
                if case .some(.some(let full)) = isFull {
                    composer.refuse(execution, .full(full))
                    continue
                }
            }
            if try !composer.add(turn, behind: entry) {
                try checkStored(turn, try tail.entry(execution, source))
            }
        }
        return composer
    }

    /// Why the name that a turn claims cannot be given to its execution.
    ///
    /// Where that cannot be read it costs this start alone: the others stand.
    private func objection(
        to turn: EncodedTurn,
        _ composer: BatchComposer,
        _ tail: Tail,
        _ source: RunSource
    ) throws(StoreError) -> RefusedTurn.Reason? {
        do throws(StoreError) {
            return try holder(against: turn, composer, tail, source)
                .map(RefusedTurn.Reason.nameTaken)
        } catch {
            guard error.code == .damaged || error.code == .failed else { throw error }
            return .unreadable(error)
        }
    }

    /// The execution that holds the name which a turn claims.
    private func holder(
        against turn: EncodedTurn,
        _ composer: BatchComposer,
        _ tail: Tail,
        _ source: RunSource
    ) throws(StoreError) -> ExecutionHead? {
        guard let claim = turn.claim else { return nil }
        let name = turn.head.executionName
        let machine = turn.head.stateMachineARN
        let hash = Hash16(machine, name)
        var holder = composer.changes.entry(named: hash)
        if holder == nil,
            let known = try tail.newest(named: name, in: machine, hash: hash, source)
        {
            holder = composer.changes[known.execution] ?? known
        }
        guard let head = holder?.head, claim.isBarred(by: head) else { return nil }
        return head
    }

    private func checkStored(
        _ turn: EncodedTurn,
        _ entry: ExecutionEntry?
    ) throws(StoreError) {
        let header = try turn.checkedHeader()
        guard let entry, header.firstOrdinal <= entry.head.lastOrdinal else {
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

    /// Makes what was composed durable, with snapshots that come and go.
    func commit(
        _ composer: inout BatchComposer,
        _ snapshots: [StoredSnapshot],
        dropping dropped: [ExecutionNumber]
    ) throws(StoreError) -> HeadRow {
        CrashPoint.beforePut.reached()
        try refuseWhenFull(starting: false)
        let fault = options.faults?.next()
        switch fault {
        case .full: throw StoreError(.full, "injected: the disk is full")
        case .failed: throw StoreError(.failed, "injected: writing failed")
        case .unknownAndLost: throw StoreError(.unknown, "injected: the outcome is unknown")
        case .unknownButDurable, nil: break
        }
        let head: HeadRow
        do throws(LMDBError) {
            head = try write(&composer, snapshots, dropping: dropped)
        } catch {
            throw outcome(of: error)
        }
        guard fault == nil else {
            do throws(StoreError) {
                trust.suspend(at: composer.commitStart)
                try settle()
            } catch {
                throw distrust("a commit failed (injected), and then: \(error)")
            }
            throw StoreError(.unknown, "injected: the outcome is unknown")
        }
        CrashPoint.afterCommit.reached()
        return head
    }

    private func write(
        _ composer: inout BatchComposer,
        _ snapshots: [StoredSnapshot],
        dropping dropped: [ExecutionNumber]
    ) throws(LMDBError) -> HeadRow {
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
        for execution in dropped {
            _ = try transaction.delete(Journal.key(execution.rawValue), in: journal.snapshots)
        }
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
