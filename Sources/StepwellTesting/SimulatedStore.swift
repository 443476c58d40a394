package import StepwellEngine
package import StepwellHistory
import Synchronization

/// An event store in memory that can fail on purpose and be copied as a crash would leave it.
package final class SimulatedStore: EventStore {
    private let state: Mutex<SimulatedStoreState>
    package let identity: StoreIdentity

    /// An empty store.
    package init(storeID: [UInt8] = [UInt8](repeating: 0x51, count: 16)) {
        identity = StoreIdentity(storeID: storeID, shard: 0, shardCount: 1, formatVersion: 1)
        state = Mutex(SimulatedStoreState())
    }

    // MARK: Faults

    /// Lets the `number`th append from now (1 is the next) fail.
    ///
    /// With `.unknown`, `keeping` says
    /// whether the batch is there nevertheless.
    package func failAppend(_ number: Int, with code: StoreError.Code, keeping: Bool = false) {
        state.withLock {
            $0.faults[$0.appendCount + number] = SimulatedFault(code: code, isKept: keeping)
        }
    }

    /// Lets every append fail until `thaw`.
    package func freeze(with code: StoreError.Code = .failed) {
        state.withLock { $0.frozen = code }
    }

    /// Whether the store is neither frozen as full nor refuses starts.
    package var hasRoomForStarts: Bool {
        state.withLock { $0.frozen != .full && !$0.refusesStarts }
    }

    /// Has turns that start executions refused as if there were no room for them, or not.
    package func refuseStarts(_ refuses: Bool = true) {
        state.withLock { $0.refusesStarts = refuses }
    }

    /// Ends `freeze`.
    package func thaw() {
        state.withLock { $0.frozen = nil }
    }

    /// Lets every read of an execution's log fail with a code; nil: not any more.
    package func failReads(of execution: ExecutionNumber, with code: StoreError.Code?) {
        state.withLock { $0.unreadable[execution] = code }
    }

    /// Lets every page of timers and of unfinished executions fail with a code; nil: not any more.
    package func failPages(with code: StoreError.Code?) {
        state.withLock { $0.unreadablePages = code }
    }

    // MARK: Looking in

    /// How many batches are durable.
    package var commitCount: Int { state.withLock { $0.batches.count } }

    /// How many times `append` was called.
    package var appendCount: Int { state.withLock { $0.appendCount } }

    /// The store as a crash would leave it after the first `count` batches (nil: after all).
    package func image(afterCommits count: Int? = nil) -> SimulatedStore {
        let batches = state.withLock { Array($0.batches.prefix(count ?? .max)) }
        let copy = SimulatedStore(storeID: identity.storeID)
        copy.state.withLock { state in
            for batch in batches { state.keep(batch) }
        }
        return copy
    }

    /// Every durable turn of every execution, by execution, in order.
    package func allTurns() -> [(execution: ExecutionNumber, turns: [StoredTurn])] {
        state.withLock { state in
            state.turns.keys.sorted().map { ($0, state.turns[$0] ?? []) }
        }
    }

    /// Every head, by number.
    package func allHeads() -> [ExecutionHead] {
        state.withLock { $0.heads.values.sorted { $0.execution < $1.execution } }
    }

    // MARK: EventStore

    /// Gives out a fence.
    package func acquire() throws(StoreError) -> Fence {
        state.withLock { state in
            state.epoch += 1
            return Fence(epoch: state.epoch)
        }
    }

    /// Keeps a batch, unless it is to fail.
    package func append(
        _ batch: AppendBatch,
        fence: Fence
    ) throws(StoreError) -> AppendOutcome {
        let result = state.withLock { $0.append(batch, fence) }
        return try result.get()
    }

    /// Forgets executions, unless it is to fail.
    package func drop(
        _ executions: [ExecutionNumber],
        fence: Fence
    ) throws(StoreError) -> StoreCursor {
        try state.withLock { $0.drop(executions, fence) }.get()
    }

    /// The kept turns that meet the range.
    package func readTurns(
        of execution: ExecutionNumber,
        ordinals: ClosedRange<Ordinal>,
        byteLimit: Int
    ) throws(StoreError) -> [StoredTurn] {
        let (code, turns) = state.withLock { state in
            (state.unreadable[execution], state.read(execution, ordinals, byteLimit))
        }
        if let code { throw StoreError(code, "simulated: the log cannot be read") }
        return turns
    }

    /// Behind what is kept.
    package func end() throws(StoreError) -> StoreCursor {
        StoreCursor(number: UInt64(state.withLock { $0.log.count }))
    }

    /// Visits the kept turns in order; each stands for a batch.
    package func scan(
        from cursor: StoreCursor?,
        visit: (StoredTurn) -> ScanStep
    ) throws(StoreError) -> StoreCursor {
        guard let start = cursor.map(\.number) ?? 0 else {
            throw StoreError(.unusable, "simulated: this is no place in the log")
        }
        let turns = state.withLock { Array($0.log.dropFirst(Int(start))) }
        var position = start
        for turn in turns {
            position += 1
            guard case .proceed = visit(turn) else { break }
        }
        return StoreCursor(number: position)
    }

    /// The kept head.
    package func head(of execution: ExecutionNumber) throws(StoreError) -> ExecutionHead? {
        state.withLock { $0.heads[execution] }
    }

    /// The newest kept head with the name.
    package func head(
        named name: String,
        in stateMachineARN: String
    ) throws(StoreError) -> ExecutionHead? {
        state.withLock { $0.head(named: name, in: stateMachineARN) }
    }

    /// The highest number.
    package func newest() throws(StoreError) -> ExecutionNumber? {
        state.withLock { $0.highest }
    }

    /// Answers by looking at every head.
    package func listing(
        _ query: ListingQuery,
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionHead> {
        state.withLock { $0.listing(query, after: cursor, looks: looks) }
    }

    /// Answers by looking at every head.
    package func due(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<DueRow> {
        try state.withLock { state in
            state.page { $0.due(after: cursor, looks: looks) }
        }.get()
    }

    /// Answers by looking at every head.
    package func unsettled(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionNumber> {
        try state.withLock { state in
            state.page { $0.unsettled(after: cursor, looks: looks) }
        }.get()
    }

    /// Counts them.
    package func openExecutions() throws(StoreError) -> Int {
        state.withLock { $0.heads.values.count { $0.isOpen } }
    }

    /// Answers by looking at every head.
    package func statusCounts(
        of stateMachineARNs: [String]
    ) throws(StoreError) -> [StatusCounts] {
        state.withLock { state in
            stateMachineARNs.map { arn in
                var counts = StatusCounts()
                for head in state.heads.values
                where head.execution != .catalog
                    && head.stateMachineARN.utf8.elementsEqual(arn.utf8)
                {
                    counts[head.summary.status] += 1
                }
                return counts
            }
        }
    }

    /// The newest snapshot that was kept.
    package func snapshot(
        of execution: ExecutionNumber
    ) throws(StoreError) -> StoredSnapshot? {
        state.withLock { $0.snapshots[execution] }
    }

    /// There is nothing to do.
    package func maintain() throws(StoreError) -> Maintenance {
        Maintenance()
    }
}

/// An append that is to fail.
struct SimulatedFault: Sendable {
    let code: StoreError.Code
    /// Whether the batch is durable although the append failed.
    let isKept: Bool
}
