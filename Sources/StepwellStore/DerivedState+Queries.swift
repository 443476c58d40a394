import StepwellEngine
import StepwellHistory

extension DerivedState {
    /// The execution with the highest number.
    var highest: ExecutionNumber? {
        [active.highest, frozen?.highest, manifest.highest].compactMap { $0 }.max()
    }

    /// The newest execution of a name.
    func newest(named name: NameKey) throws(StoreError) -> ExecutionEntry? {
        var numbers = [active.execution(named: name), frozen?.execution(named: name)]
        let prefix = IndexKey.namePrefix(name)
        for run in runs where run.filter.mayContain(prefix) {
            numbers.append(try newest(named: name, prefix, in: run))
        }
        guard let newest = numbers.compactMap({ $0 }).max() else { return nil }
        return try entry(newest)
    }

    /// The newest execution in a run that has the name itself, not just its hash.
    private func newest(
        named name: NameKey,
        _ prefix: [UInt8],
        in run: SortedRun
    ) throws(StoreError) -> ExecutionNumber? {
        var cursor = RunCursor(run: run, journal: journal)
        var next = prefix
        while let row = try cursor.first(from: next), row.key.starts(with: prefix) {
            if let number = IndexKey.execution(in: row.key),
                try entry(number)?.nameKey == name
            {
                return number
            }
            next = row.key + [0]
        }
        return nil
    }

    /// A page of a listing.
    mutating func listing(
        _ query: ListingQuery,
        after place: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionHead> {
        let hash = IndexKey.hash(query.stateMachineARN)
        let prefix = IndexKey.listingPrefix(machine: hash, status: query.status)
        let start = place.map { place in
            IndexKey.listing(
                machine: hash,
                status: query.status,
                start: place.time,
                execution: place.execution
            ) + [0]
        }
        return try live(from: start ?? prefix, prefix: prefix, looks: looks) { entry, key in
            guard entry.head.stateMachineARN.utf8.elementsEqual(query.stateMachineARN.utf8),
                key
                    == IndexKey.listing(
                        machine: hash,
                        status: query.status.map { _ in entry.head.summary.status },
                        start: entry.head.startDate,
                        execution: entry.execution
                    )
            else { return nil }
            return entry.head
        }
    }

    /// A page of those that wait for a time.
    mutating func due(
        after place: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<DueRow> {
        let prefix = [KeySpace.Index.due.rawValue]
        let start = place.map { IndexKey.due($0.time, $0.execution) + [0] }
        return try live(from: start ?? prefix, prefix: prefix, looks: looks) { entry, key in
            guard let due = entry.due, IndexKey.due(due, entry.execution) == key else { return nil }
            return DueRow(
                due: due,
                execution: entry.execution,
                isMapRunChild: entry.head.isMapRunChild
            )
        }
    }

    /// A page of those with unfinished work.
    mutating func unsettled(
        after place: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionNumber> {
        let prefix = [KeySpace.Index.unsettled.rawValue]
        let start = place.map { IndexKey.unsettled($0.execution) + [0] }
        return try live(from: start ?? prefix, prefix: prefix, looks: looks) { entry, _ in
            entry.isUnsettled ? entry.execution : nil
        }
    }

    /// Counts the executions that are open at a checkpoint.
    mutating func countOpenExecutions() throws(StoreError) {
        let prefix = [KeySpace.Index.entry.rawValue]
        var next = prefix
        var cursors = runs.map { RunCursor(run: $0, journal: journal) }
        openExecutions = 0
        while let key = try firstKey(from: next, &cursors), key.starts(with: prefix) {
            if let execution = IndexKey.execution(in: key),
                try entry(execution)?.head.isOpen == true
            {
                openExecutions += 1
            }
            next = key + [0]
        }
    }

    /// What `row` makes of the entries behind the index keys from `start` that begin with `prefix`;
    /// it gives nil for entries that do not have the key any more.
    private mutating func live<Row: Sendable>(
        from start: [UInt8],
        prefix: [UInt8],
        looks: Int,
        row: (ExecutionEntry, _ key: [UInt8]) -> Row?
    ) throws(StoreError) -> QueryPage<Row> {
        var page = QueryPage<Row>()
        var next = start
        var last: [UInt8]?
        var seen = 0
        var cursors = runs.map { RunCursor(run: $0, journal: journal) }
        while let key = try firstKey(from: next, &cursors), key.starts(with: prefix) {
            guard seen < looks else {
                page.next = last.flatMap(IndexKey.place)
                break
            }
            seen += 1
            guard let execution = IndexKey.execution(in: key) else {
                throw StoreError(.damaged, "an index key that leads nowhere")
            }
            if let found = try entry(execution).flatMap({ row($0, key) }) {
                page.rows.append(found)
            } else {
                active.forget(key)
                frozen?.forget(key)
            }
            last = key
            next = key + [0]
        }
        return page
    }

    private mutating func firstKey(
        from start: [UInt8],
        _ cursors: inout [RunCursor]
    ) throws(StoreError) -> [UInt8]? {
        var keys = [active.firstKey(from: start), frozen?.firstKey(from: start)]
        for index in cursors.indices { keys.append(try cursors[index].first(from: start)?.key) }
        return keys.compactMap { $0 }.min { $0.precedes($1) }
    }
}
