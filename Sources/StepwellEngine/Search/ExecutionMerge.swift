import HeapModule
import StepwellHistory

/// The executions of several state machines in one order, newest start first.
struct ExecutionMerge {
    private struct Source: Comparable {
        let query: ListingQuery
        var rows: ArraySlice<ExecutionHead> = []
        var next: QueryCursor?

        var place: QueryCursor? {
            rows.first.map { QueryCursor(time: $0.startDate, execution: $0.execution) }
        }

        static func == (left: Source, right: Source) -> Bool { left.place == right.place }

        static func < (left: Source, right: Source) -> Bool {
            guard let first = left.place else { return right.place != nil }
            guard let second = right.place else { return false }
            return (first.time, first.execution) < (second.time, second.execution)
        }
    }

    private let store: any EventStore
    /// Rows that are read of a machine at a time, more of one that is asked again.
    private let looks: Int
    private var sources: Heap<Source>

    /// From behind a place on; nil is the newest.
    init(
        of machines: [String],
        status: ExecutionStatus?,
        behind place: QueryCursor?,
        limit: Int,
        in store: any EventStore
    ) throws(StoreError) {
        self.store = store
        looks = machines.count == 1 ? limit : max(1, min(limit, 2_000 / max(1, machines.count)))
        var sources: [Source] = []
        for arn in machines {
            var source = Source(query: ListingQuery(stateMachineARN: arn, status: status))
            source.next = place
            try Self.fill(&source, looks, store)
            if !source.rows.isEmpty { sources.append(source) }
        }
        self.sources = Heap(sources)
    }

    /// The next execution; nil at the end.
    mutating func next() throws(StoreError) -> ExecutionHead? {
        guard var source = sources.popMax(), let head = source.rows.popFirst() else { return nil }
        if source.rows.isEmpty, source.next != nil {
            try Self.fill(&source, max(looks, 100), store)
        }
        if !source.rows.isEmpty { sources.insert(source) }
        return head
    }

    private static func fill(
        _ source: inout Source,
        _ looks: Int,
        _ store: any EventStore
    ) throws(StoreError) {
        repeat {
            let page = try store.listing(source.query, after: source.next, looks: looks)
            source.rows = page.rows[...]
            source.next = page.next
        } while source.rows.isEmpty && source.next != nil
    }
}
