import StepwellEngine
import StepwellHistory
import Synchronization

/// Answers questions from an index.
struct IndexReader {
    let index: Index
    let source: RunSource

    /// The newest entry of an execution.
    func entry(_ execution: ExecutionNumber) throws(StoreError) -> ExecutionEntry? {
        for chunk in index.chunks.reversed() {
            if let stored = chunk.entry(of: execution) { return stored.current }
        }
        for chunk in index.frozen.reversed() {
            if let stored = chunk.entry(of: execution) { return stored.current }
        }
        return try Self.entry(execution, in: index.runs, source)
    }

    /// The newest entry of an execution in runs.
    static func entry(
        _ execution: ExecutionNumber,
        in runs: [SortedRun],
        _ source: RunSource
    ) throws(StoreError) -> ExecutionEntry? {
        let key = IndexKey.entry(execution)
        for run in runs.reversed() {
            switch try source.entry(key, in: run) {
            case .there(let entry): return entry
            case .dropped: return nil
            case nil: continue
            }
        }
        return nil
    }

    /// The newest execution that has the name itself, not just its hash.
    func newest(
        named name: String,
        in stateMachineARN: String
    ) throws(StoreError) -> ExecutionEntry? {
        let scope = IndexScope.name(Hash16(stateMachineARN, name))
        var walk = try ScopeWalk(scope, behind: nil, index, source)
        while let row = try walk.next() {
            if row.mark != .gone, let entry = try entry(scope.execution(at: row.place)),
                entry.isNamed(name, in: stateMachineARN)
            {
                return entry
            }
        }
        return nil
    }

    /// A page of a listing.
    func listing(
        _ query: ListingQuery,
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionHead> {
        let scope = IndexScope.listing(Hash16(query.stateMachineARN), status: query.status)
        return try page(scope, after: cursor, looks: looks) { row throws(StoreError) in
            guard let head = try entry(scope.execution(at: row.place))?.head else {
                throw StoreError(.damaged, "a listing leads to no execution")
            }
            let isAsked = head.stateMachineARN.utf8.elementsEqual(query.stateMachineARN.utf8)
            return isAsked ? head : nil
        }
    }

    /// A page of those that wait for a time.
    func due(after cursor: QueryCursor?, looks: Int) throws(StoreError) -> QueryPage<DueRow> {
        try page(.due, after: cursor, looks: looks) { row in
            DueRow(
                due: IndexScope.due.time(at: row.place),
                execution: IndexScope.due.execution(at: row.place),
                isMapRunChild: row.mark == .child
            )
        }
    }

    /// A page of those with unfinished work.
    func unsettled(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionNumber> {
        try page(.unsettled, after: cursor, looks: looks) { row in
            IndexScope.unsettled.execution(at: row.place)
        }
    }

    /// What `convert` makes of the rows that are there.
    private func page<Row: Sendable>(
        _ scope: IndexScope,
        after cursor: QueryCursor?,
        looks: Int,
        convert: (ScopeWalk.Row) throws(StoreError) -> Row?
    ) throws(StoreError) -> QueryPage<Row> {
        var page = QueryPage<Row>()
        let start = cursor.map { scope.place(of: $0.execution, at: $0.time) }
        var walk = try ScopeWalk(scope, behind: start, index, source)
        var seen = 0
        var last: IndexPlace?
        while let row = try walk.next() {
            guard seen < max(1, looks) else {
                page.next = last.map(scope.cursor)
                break
            }
            seen += 1
            last = row.place
            guard row.mark != .gone, try isTrue(row, in: scope) else { continue }
            if let converted = try convert(try marked(row, in: scope)) {
                page.rows.append(converted)
            }
        }
        source.counters.looks.add(UInt64(seen), ordering: .relaxed)
        return page
    }

    /// Whether a row still holds: those of runs that do not say what is gone are judged by the
    /// entry.
    func isTrue(
        _ row: ScopeWalk.Row,
        in scope: IndexScope
    ) throws(StoreError) -> Bool {
        guard !row.isExact else { return true }
        guard let entry = try entry(scope.execution(at: row.place)) else { return false }
        return entry.hasRow(at: row.place, in: scope)
    }

    /// The row, with what inexact runs do not say of it.
    private func marked(
        _ row: ScopeWalk.Row,
        in scope: IndexScope
    ) throws(StoreError) -> ScopeWalk.Row {
        guard !row.isExact, scope == .due,
            try entry(scope.execution(at: row.place))?.head.isMapRunChild == true
        else { return row }
        var row = row
        row.mark = .child
        return row
    }
}

extension ExecutionEntry {
    /// Whether the execution has this name, byte by byte: Swift's `==` would merge names that
    /// Unicode holds to be equivalent.
    func isNamed(_ name: String, in stateMachineARN: String) -> Bool {
        head.executionName.utf8.elementsEqual(name.utf8)
            && head.stateMachineARN.utf8.elementsEqual(stateMachineARN.utf8)
    }

    /// Whether a row that was once the entry's still is.
    func hasRow(at place: IndexPlace, in scope: IndexScope) -> Bool {
        switch scope.family {
        case .entry, .name, .listing: true
        case .listingByStatus: scope.code == IndexKey.code(of: head.summary.status)
        case .due: due.map { scope.place(of: execution, at: $0) == place } ?? false
        case .unsettled: isUnsettled
        }
    }
}
