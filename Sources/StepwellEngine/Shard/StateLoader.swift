import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// Builds an execution's state from the store: its newest snapshot and the turns since.
struct StateLoader {
    let store: any EventStore
    let catalog: Catalog

    /// The state as of the newest turn; nil when there is no such execution.
    func load(_ number: ExecutionNumber) -> Result<LoadedExecution?, LoadFailure> {
        var head: ExecutionHead?
        do throws(StoreError) {
            head = try store.head(of: number)
            guard let head else { return .success(nil) }
            return .success(try load(head))
        } catch {
            return .failure(LoadFailure(error: error, head: head))
        }
    }

    private func load(_ head: ExecutionHead) throws(StoreError) -> LoadedExecution? {
        var snapshotBytes = 0
        var state: ExecutionState?
        // A snapshot is derived: one that cannot be read is passed over, the turns say the same.
        if let snapshot = (try? store.snapshot(of: head.execution)) ?? nil,
            snapshot.ordinal <= head.lastOrdinal
        {
            state = try restore(snapshot)
            snapshotBytes = state == nil ? 0 : snapshot.bytes.count
        }
        var tailBytes = 0
        var payloads = RecentPayloads()
        while (state?.lastOrdinal ?? Ordinal(0)) < head.lastOrdinal {
            let next = (state?.lastOrdinal ?? Ordinal(0)).advanced(by: 1)
            let turns = try store.readTurns(
                of: head.execution,
                ordinals: next...head.lastOrdinal,
                byteLimit: 1 << 20
            )
            guard !turns.isEmpty else { throw gap(in: head, at: next) }
            for turn in turns {
                try follow(turn, of: head, state: &state, &payloads)
                tailBytes += turn.bytes.count
            }
        }
        guard let state else { return nil }
        return LoadedExecution(
            state: state,
            head: head,
            tailBytes: tailBytes,
            snapshotBytes: snapshotBytes
        )
    }

    /// The state that a snapshot holds; nil when it is of a form that is not read any more (the
    /// turns say the same).
    private func restore(
        _ snapshot: StoredSnapshot
    ) throws(StoreError) -> ExecutionState? {
        guard let found = StateSnapshot.definition(of: snapshot.bytes),
            let machine = try catalog.definition(found.digest)?
                .machine(ofMapState: found.mapState)
        else { return nil }
        return StateSnapshot.decode(snapshot.bytes, definition: machine)
    }

    private func follow(
        _ stored: StoredTurn,
        of head: ExecutionHead,
        state: inout ExecutionState?,
        _ payloads: inout RecentPayloads
    ) throws(StoreError) {
        let source = PayloadSource(store: store, execution: head.execution)
        let turn = try source.decode(stored) { payloads[$0] ?? state?.payload(at: $0) }
        payloads.add(turn)
        if state == nil {
            guard case .input(.start(let start))? = turn.records.first?.body else {
                throw gap(in: head, at: turn.firstOrdinal)
            }
            let definition = try catalog.definition(of: start, head.execution)
            state = ExecutionState(execution: head.execution, definition: definition)
        }
        guard turn.firstOrdinal == state?.lastOrdinal.advanced(by: 1) else {
            throw gap(in: head, at: turn.firstOrdinal)
        }
        for record in turn.records { state?.apply(record, at: turn.time) }
    }

    private func gap(in head: ExecutionHead, at ordinal: Ordinal) -> StoreError {
        StoreError(
            .damaged,
            "execution \(head.execution.rawValue) lacks its turn at record \(ordinal.rawValue)"
        )
    }
}
