import StepwellEngine
import StepwellHistory

/// Everything that a store answers, for comparison.
struct Fingerprint: Equatable {
    var heads: [ExecutionHead] = []
    var turns: [[UInt8]] = []
    var names: [[UInt64]] = []
    var listing: [UInt64] = []
    var running: [UInt64] = []
    var due: [UInt64] = []
    var unsettled: [UInt64] = []
    var snapshots: [[UInt8]] = []
    var newest: [UInt64] = []
    var open = 0
    var counts: [StatusCounts] = []
    var scanned = 0

    /// Asks a store about the executions with these numbers, and everything else.
    init(of store: any EventStore, executions: ClosedRange<UInt64>) throws {
        let all = Ordinal(1)...Ordinal(.max)
        for number in executions {
            let execution = ExecutionNumber(number)
            if let head = try store.head(of: execution) {
                heads.append(head)
                let named = try store.head(named: head.executionName, in: head.stateMachineARN)
                names.append(named.map { [$0.execution.rawValue] } ?? [])
            }
            turns += try store.readTurns(of: execution, ordinals: all, byteLimit: .max)
                .map(\.bytes)
            if let snapshot = try store.snapshot(of: execution) { snapshots.append(snapshot.bytes) }
        }
        listing = try store.listed(nil).map(\.execution.rawValue)
        running = try store.listed(.running).map(\.execution.rawValue)
        due = try store.dueRows().map(\.execution.rawValue)
        unsettled = try store.unsettledNumbers().map(\.rawValue)
        newest = try store.newest().map { [$0.rawValue] } ?? []
        open = try store.openExecutions()
        counts = try store.statusCounts(of: [TurnFactory.machine, "none"])
        var count = 0
        _ = try store.scan(from: nil) { _ in
            count += 1
            return .proceed
        }
        scanned = count
    }
}

extension EventStore {
    /// All executions of the machine with a status or any, page by page.
    func listed(
        _ status: ExecutionStatus?,
        of machine: String = TurnFactory.machine
    ) throws(StoreError) -> [ExecutionHead] {
        let query = ListingQuery(stateMachineARN: machine, status: status)
        return try all { cursor throws(StoreError) in
            try listing(query, after: cursor, looks: 100)
        }
    }

    /// All that wait for a time.
    func dueRows() throws(StoreError) -> [DueRow] {
        try all { cursor throws(StoreError) in try due(after: cursor, looks: 100) }
    }

    /// All with unfinished work.
    func unsettledNumbers() throws(StoreError) -> [ExecutionNumber] {
        try all { cursor throws(StoreError) in try unsettled(after: cursor, looks: 100) }
    }

    private func all<Row>(
        _ page: (QueryCursor?) throws(StoreError) -> QueryPage<Row>
    ) throws(StoreError) -> [Row] {
        var rows: [Row] = []
        var cursor: QueryCursor?
        repeat {
            let found = try page(cursor)
            rows += found.rows
            cursor = found.next
        } while cursor != nil
        return rows
    }
}
