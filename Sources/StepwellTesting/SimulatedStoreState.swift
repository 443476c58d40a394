import StepwellEngine
import StepwellHistory

/// What a simulated store holds.
struct SimulatedStoreState: Sendable {
    var batches: [AppendBatch] = []
    var log: [StoredTurn] = []
    var turns: [ExecutionNumber: [StoredTurn]] = [:]
    var heads: [ExecutionNumber: ExecutionHead] = [:]
    var snapshots: [ExecutionNumber: StoredSnapshot] = [:]
    private var names: [[UInt8]: ExecutionNumber] = [:]

    var appendCount = 0
    var faults: [Int: SimulatedFault] = [:]
    var frozen: StoreError.Code?

    mutating func append(_ batch: AppendBatch) -> Result<StoreCursor, StoreError> {
        appendCount += 1
        if let frozen { return .failure(StoreError(frozen, "simulated: frozen")) }
        if let fault = faults.removeValue(forKey: appendCount) {
            if fault.isKept { keep(batch) }
            return .failure(StoreError(fault.code, "simulated: append \(appendCount) fails"))
        }
        if let problem = problem(with: batch) {
            return .failure(StoreError(.contradiction, "simulated: \(problem)"))
        }
        keep(batch)
        return .success(StoreCursor(position: UInt64(log.count)))
    }

    /// Makes a batch durable; turns that are there already are passed over.
    mutating func keep(_ batch: AppendBatch) {
        batches.append(batch)
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
            if head.execution != .catalog { names[Self.key(head)] = head.execution }
        }
        for snapshot in batch.snapshots { snapshots[snapshot.execution] = snapshot }
    }

    /// Why a batch cannot be the next one, if so: turns have to follow each other without gaps, and
    /// those that are there already have to be the same.
    private func problem(with batch: AppendBatch) -> String? {
        var last: [ExecutionNumber: Ordinal] = [:]
        var digests: [ExecutionNumber: TurnDigest] = [:]
        for turn in batch.turns {
            let head = turn.head
            let before = last[head.execution] ?? heads[head.execution]?.lastOrdinal ?? Ordinal(0)
            guard let header = try? TurnCodec.peek(turn.bytes),
                let digest = try? TurnCodec.storedDigest(of: turn.bytes)
            else { return "unreadable turn" }
            if header.execution != head.execution || header.lastOrdinal != head.lastOrdinal
                || digest != head.digest
            {
                return "head and turn of execution \(head.execution.rawValue) disagree"
            }
            if header.firstOrdinal <= before {
                let stored = read(
                    head.execution,
                    header.firstOrdinal...max(header.firstOrdinal, header.lastOrdinal),
                    1
                )
                if stored.first?.bytes == turn.bytes { continue }
                return "another turn of execution \(head.execution.rawValue) is stored already"
            }
            if header.firstOrdinal != before.advanced(by: 1) {
                return "gap in execution \(head.execution.rawValue)"
            }
            let previous = digests[head.execution] ?? heads[head.execution]?.digest ?? .origin
            if header.previous != previous {
                return "a turn of execution \(head.execution.rawValue) follows another one"
            }
            last[head.execution] = head.lastOrdinal
            digests[head.execution] = digest
        }
        return nil
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

    func answer(_ query: HeadQuery) -> [ExecutionHead] {
        switch query {
        case .execution(let number):
            return heads[number].map { [$0] } ?? []
        case .name(let machine, let name):
            return names[Self.key(machine, name)].flatMap { heads[$0] }.map { [$0] } ?? []
        case .listing(let machine, let status, let after, let limit):
            return listing(machine, status, after, limit)
        case .due(let time, let limit):
            let due = running.filter { ($0.summary.nextDue ?? .distantFuture) <= time }
                .filter { $0.summary.nextDue != nil }
                .sorted { ($0.dueKey, $0.execution) < ($1.dueKey, $1.execution) }
            return Array(due.prefix(limit))
        case .unsettled(let after, let limit):
            let unsettled = running.filter {
                $0.summary.isRunnable || $0.summary.pendingTasks > 0
            }
            let rest = unsettled.filter { head in after.map { head.execution > $0 } ?? true }
                .sorted { $0.execution < $1.execution }
            return Array(rest.prefix(limit))
        case .newest:
            return heads.keys.max().flatMap { heads[$0] }.map { [$0] } ?? []
        }
    }

    private var running: [ExecutionHead] {
        heads.values.filter { $0.execution != .catalog && $0.summary.status == .running }
    }

    private func listing(
        _ machine: String,
        _ status: ExecutionStatus?,
        _ after: ListingPlace?,
        _ limit: Int
    ) -> [ExecutionHead] {
        let found = heads.values.filter { head in
            head.execution != .catalog
                && head.stateMachineARN.utf8.elementsEqual(machine.utf8)
                && (status.map { head.summary.status == $0 } ?? true)
        }
        let sorted = found.sorted {
            ($0.startDate, $0.execution) > ($1.startDate, $1.execution)
        }
        let rest = sorted.filter { head in
            after.map { (head.startDate, head.execution) < ($0.startDate, $0.execution) } ?? true
        }
        return Array(rest.prefix(limit))
    }

    private static func key(_ head: ExecutionHead) -> [UInt8] {
        key(head.stateMachineARN, head.executionName)
    }

    private static func key(_ machine: String, _ name: String) -> [UInt8] {
        Array(machine.utf8) + [0] + Array(name.utf8)
    }
}

extension ExecutionHead {
    fileprivate var dueKey: Timestamp { summary.nextDue ?? .distantFuture }
}

extension Timestamp {
    fileprivate static let distantFuture = Timestamp(milliseconds: .max)
}
