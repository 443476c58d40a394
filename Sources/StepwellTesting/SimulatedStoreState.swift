import StepwellEngine
import StepwellHistory

/// What a simulated store holds.
struct SimulatedStoreState: Sendable {
    /// What became durable together.
    enum Change: Sendable {
        case batch(AppendBatch)
        case drop([ExecutionNumber])
    }

    var batches: [Change] = []
    var log: [StoredTurn] = []
    var turns: [ExecutionNumber: [StoredTurn]] = [:]
    var heads: [ExecutionNumber: ExecutionHead] = [:]
    /// The highest number of an execution that ever was.
    var highest: ExecutionNumber?
    var snapshots: [ExecutionNumber: StoredSnapshot] = [:]
    private var names: [[UInt8]: ExecutionNumber] = [:]

    var appendCount = 0
    var faults: [Int: SimulatedFault] = [:]
    var frozen: StoreError.Code?
    var unreadable: [ExecutionNumber: StoreError.Code] = [:]
    var unreadablePages: StoreError.Code?

    /// Whether starts are refused, and everything else goes on.
    var refusesStarts = false
    /// The newest fence.
    var epoch: UInt64 = 0

    mutating func append(
        _ batch: AppendBatch,
        _ fence: Fence
    ) -> Result<AppendOutcome, StoreError> {
        if let error = refusal(fence) { return .failure(error) }
        var (taken, refused) = sort(batch)
        if let fault = faults.removeValue(forKey: appendCount) {
            if fault.isKept { keep(.batch(taken)) }
            return .failure(StoreError(fault.code, "simulated: append \(appendCount) fails"))
        }
        do throws(StoreError) {
            taken.turns = try fresh(taken.turns)
        } catch {
            return .failure(error)
        }
        keep(.batch(taken))
        let cursor = StoreCursor(number: UInt64(log.count))
        return .success(AppendOutcome(cursor: cursor, refused: refused))
    }

    /// Why nothing can be written, now that it is tried.
    private mutating func refusal(_ fence: Fence) -> StoreError? {
        appendCount += 1
        guard fence.epoch == epoch else {
            return StoreError(.fenced, "simulated: another has taken the shard over")
        }
        return frozen.map { StoreError($0, "simulated: frozen") }
    }

    mutating func drop(
        _ executions: [ExecutionNumber],
        _ fence: Fence
    ) -> Result<StoreCursor, StoreError> {
        if let error = refusal(fence) { return .failure(error) }
        for execution in executions {
            guard let head = heads[execution] else { continue }
            guard execution != .catalog, head.summary.status != .running,
                head.summary.pendingTasks == 0,
                !head.summary.isRunnable
            else { return .failure(contradiction("it is dropped with work left", execution)) }
        }
        let fault = faults.removeValue(forKey: appendCount)
        if fault?.isKept ?? true { keep(.drop(executions)) }
        if let fault {
            return .failure(StoreError(fault.code, "simulated: append \(appendCount) fails"))
        }
        return .success(StoreCursor(number: UInt64(log.count)))
    }

    /// Makes a change durable.
    mutating func keep(_ change: Change) {
        batches.append(change)
        switch change {
        case .batch(let batch): keep(batch)
        case .drop(let executions):
            for execution in executions {
                guard let head = heads.removeValue(forKey: execution) else { continue }
                turns[execution] = nil
                snapshots[execution] = nil
                let name = Self.key(head)
                guard names[name] == execution else { continue }
                names[name] = heads.values.filter { Self.key($0) == name }.map(\.execution).max()
            }
        }
    }

    /// Makes a batch durable; turns that are there already are passed over.
    private mutating func keep(_ batch: AppendBatch) {
        for turn in batch.turns {
            let head = turn.head
            if let known = heads[head.execution], known.lastOrdinal >= head.lastOrdinal { continue }
            let first = (heads[head.execution]?.lastOrdinal ?? Ordinal(0)).advanced(by: 1)
            let stored = StoredTurn(
                execution: head.execution,
                firstOrdinal: first,
                bytes: turn.bytes
            )
            log.append(stored)
            turns[head.execution, default: []].append(stored)
            heads[head.execution] = head
            highest = max(highest ?? head.execution, head.execution)
            if head.execution != .catalog { names[Self.key(head)] = head.execution }
        }
        for execution in batch.droppedSnapshots { snapshots[execution] = nil }
        for snapshot in batch.snapshots { snapshots[snapshot.execution] = snapshot }
    }

    /// Splits a batch into what is taken and the turns that are not.
    private func sort(_ batch: AppendBatch) -> (taken: AppendBatch, refused: [RefusedTurn]) {
        var taken = batch
        taken.turns = []
        var refused: [RefusedTurn] = []
        var out: Set<ExecutionNumber> = []
        var fresh: [[UInt8]: ExecutionHead] = [:]
        var started: Set<ExecutionNumber> = []
        for turn in batch.turns {
            let execution = turn.head.execution
            let isStart =
                heads[execution] == nil && execution != .catalog && !started.contains(execution)
            let name = Self.key(turn.head)
            var reason: RefusedTurn.Reason?
            if out.contains(execution) {
                reason = .follows
            } else if isStart, let claim = turn.claim,
                let holder = fresh[name] ?? names[name].flatMap({ heads[$0] }),
                claim.isBarred(by: holder)
            {
                reason = .nameTaken(by: holder)
            } else if isStart, refusesStarts {
                reason = .full(StoreError(.full, "simulated: no room for starts"))
            }
            if let reason {
                out.insert(execution)
                refused.append(RefusedTurn(execution: execution, reason: reason))
                continue
            }
            if isStart { started.insert(execution) }
            let holder = fresh[name] ?? names[name].flatMap { heads[$0] }
            if isStart || holder?.execution == execution { fresh[name] = turn.head }
            taken.turns.append(turn)
        }
        taken.snapshots.removeAll { out.contains($0.execution) }
        return (taken, refused)
    }

    /// The turns that are not there yet.
    ///
    /// - Throws: when turns do not follow each other, or others are there in their place.
    private func fresh(_ batch: [EncodedTurn]) throws(StoreError) -> [EncodedTurn] {
        var newest: [ExecutionNumber: ExecutionHead] = [:]
        var fresh: [EncodedTurn] = []
        for turn in batch {
            let header = try turn.checkedHeader()
            let execution = header.execution
            let before = newest[execution] ?? heads[execution]
            let last = before?.lastOrdinal ?? Ordinal(0)
            if header.firstOrdinal <= last {
                guard stored(turn, header) else {
                    throw contradiction("another turn is stored", execution)
                }
                continue
            }
            guard header.firstOrdinal == last.advanced(by: 1),
                header.previous == before?.digest ?? .origin
            else { throw contradiction("a turn does not follow the one before", execution) }
            let known = before ?? turn.head
            guard turn.head == ExecutionHead(after: header, of: known, digest: turn.head.digest)
            else { throw contradiction("head and turn disagree", execution) }
            newest[execution] = turn.head
            fresh.append(turn)
        }
        return fresh
    }

    private func stored(_ turn: EncodedTurn, _ header: TurnHeader) -> Bool {
        let found = read(header.execution, header.firstOrdinal...header.firstOrdinal, 1)
        return found.first?.bytes == turn.bytes
    }

    private func contradiction(_ what: String, _ execution: ExecutionNumber) -> StoreError {
        StoreError(.contradiction, "simulated: execution \(execution.rawValue): \(what)")
    }

    func read(
        _ execution: ExecutionNumber,
        _ ordinals: ClosedRange<Ordinal>,
        _ byteLimit: Int
    ) -> [StoredTurn] {
        guard let turns = turns[execution] else { return [] }
        var found: [StoredTurn] = []
        var bytes = 0
        // The last turn that starts at or before the range, by bisection.
        var low = 0
        var high = turns.count
        while low < high {
            let middle = (low + high) / 2
            if turns[middle].firstOrdinal <= ordinals.lowerBound {
                low = middle + 1
            } else {
                high = middle
            }
        }
        for index in max(0, low - 1)..<turns.count {
            let turn = turns[index]
            if turn.firstOrdinal > ordinals.upperBound { break }
            let end = index + 1 < turns.count ? turns[index + 1].firstOrdinal : nil
            if let end, end <= ordinals.lowerBound { continue }
            if end == nil, let last = heads[execution]?.lastOrdinal, last < ordinals.lowerBound {
                continue
            }
            if !found.isEmpty, bytes + turn.bytes.count > byteLimit { break }
            found.append(turn)
            bytes += turn.bytes.count
        }
        return found
    }

    func head(named name: String, in machine: String) -> ExecutionHead? {
        names[Self.key(machine, name)].flatMap { heads[$0] }
    }

    func listing(
        _ query: ListingQuery,
        after cursor: QueryCursor?,
        looks: Int
    ) -> QueryPage<ExecutionHead> {
        let found = heads.values.filter { head in
            head.execution != .catalog
                && head.stateMachineARN.utf8.elementsEqual(query.stateMachineARN.utf8)
                && (query.status.map { head.summary.status == $0 } ?? true)
        }
        let sorted = found.sorted { ($0.startDate, $0.execution) > ($1.startDate, $1.execution) }
        return page(sorted, looks: looks) { head in
            QueryCursor(time: head.startDate, execution: head.execution)
        } isBehind: { place in
            cursor.map { (place.time, place.execution) < ($0.time, $0.execution) } ?? true
        }
    }

    func due(after cursor: QueryCursor?, looks: Int) -> QueryPage<DueRow> {
        let rows = running.compactMap { head -> DueRow? in
            guard let due = head.summary.nextDue else { return nil }
            return DueRow(
                due: due,
                execution: head.execution,
                isMapRunChild: head.isMapRunChild
            )
        }
        let sorted = rows.sorted { ($0.due, $0.execution) < ($1.due, $1.execution) }
        return page(sorted, looks: looks) { row in
            QueryCursor(time: row.due, execution: row.execution)
        } isBehind: { place in
            cursor.map { (place.time, place.execution) > ($0.time, $0.execution) } ?? true
        }
    }

    func unsettled(after cursor: QueryCursor?, looks: Int) -> QueryPage<ExecutionNumber> {
        let found = heads.values.filter {
            $0.execution != .catalog && ($0.summary.isRunnable || $0.summary.pendingTasks > 0)
        }
        return page(found.map(\.execution).sorted(), looks: looks) { number in
            QueryCursor(execution: number)
        } isBehind: { place in
            cursor.map { place.execution > $0.execution } ?? true
        }
    }

    /// A page, unless they cannot be read.
    func page<Row>(
        _ read: (SimulatedStoreState) -> QueryPage<Row>
    ) -> Result<QueryPage<Row>, StoreError> {
        if let unreadablePages {
            return .failure(StoreError(unreadablePages, "simulated: an index cannot be read"))
        }
        return .success(read(self))
    }

    private var running: [ExecutionHead] {
        heads.values.filter { $0.execution != .catalog && $0.summary.status == .running }
    }

    private func page<Row>(
        _ rows: [Row],
        looks: Int,
        place: (Row) -> QueryCursor,
        isBehind: (QueryCursor) -> Bool
    ) -> QueryPage<Row> {
        let rest = rows.filter { isBehind(place($0)) }
        let shown = Array(rest.prefix(max(1, looks)))
        return QueryPage(rows: shown, next: shown.count < rest.count ? shown.last.map(place) : nil)
    }

    private static func key(_ head: ExecutionHead) -> [UInt8] {
        key(head.stateMachineARN, head.executionName)
    }

    private static func key(_ machine: String, _ name: String) -> [UInt8] {
        Array(machine.utf8) + [0] + Array(name.utf8)
    }
}
