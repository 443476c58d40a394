import HeapModule
package import StepwellHistory

/// The nearest durable timers of a shard, at most `capacity`; the others are in the store's index.
///
/// Holds the next time of each execution, not its timers: the state knows which of them is due. An
/// entry that was overtaken stays in the heap and is passed over when it comes up, without a look
/// at the execution.
///
/// What lies before `horizon` is all here; what lies behind it is in the store's index and is read
/// page by page (`beginPage`, `add`) when the queue runs low. While a page is read, times behind
/// the horizon are noted: the index may not have had them yet.
package struct TimerQueue {
    /// One entry.
    package struct Entry: Comparable, Sendable {
        package let due: Timestamp
        package let execution: ExecutionNumber

        /// By time, then by execution.
        package static func < (lhs: Entry, rhs: Entry) -> Bool {
            (lhs.due, lhs.execution) < (rhs.due, rhs.execution)
        }
    }

    private var heap: Heap<Entry> = []
    /// The entries that count, by execution.
    private var times: [ExecutionNumber: Timestamp] = [:]
    private let capacity: Int
    /// Everything before this place is in the queue.
    package private(set) var horizon = Entry.end
    /// The horizon when the page that is being read was asked for; nil when none is.
    private var pageStart: Entry?
    /// What was set since then; nil: nothing behind the horizon.
    private var late: [ExecutionNumber: Timestamp?] = [:]

    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// The executions that have an entry.
    package var count: Int { times.count }

    /// Notes when an execution has to be looked at next; nil: not at all.
    ///
    /// A time behind the horizon is left to the store.
    package mutating func set(_ due: Timestamp?, for execution: ExecutionNumber) {
        let isBehind = due.map { Entry(due: $0, execution: execution) >= horizon } ?? false
        if pageStart != nil { late[execution] = .some(isBehind ? due : nil) }
        guard let due, !isBehind else {
            times[execution] = nil
            return
        }
        insert(due, for: execution)
        while times.count > capacity, let furthest = heap.max { cut(at: furthest) }
    }

    /// The earliest time in the queue.
    package var next: Timestamp? { heap.min?.due }

    /// Takes out the earliest entry that is due.
    package mutating func popDue(at now: Timestamp) -> Entry? {
        while let first = heap.min, first.due <= now {
            let isCounted = counts(first)
            _ = heap.popMin()
            if isCounted {
                times[first.execution] = nil
                return first
            }
        }
        return nil
    }

    // MARK: Pages

    /// Forgets everything: all there is is in the store.
    package mutating func forgetAll() {
        heap = []
        times = [:]
        horizon = .start
    }

    /// Whether the store is to be asked for what lies behind the horizon.
    package var needsPage: Bool {
        pageStart == nil && horizon != .end && times.count <= capacity / 4
    }

    /// How many rows a page may have.
    package var pageLooks: Int { max(1, min(LoadRequest.looks, capacity / 2)) }

    /// Behind which row of the store's index the next page begins.
    package var place: QueryCursor? {
        if horizon == .start { return nil }
        guard horizon.execution.rawValue > 0 else {
            return QueryCursor(
                time: horizon.due.advanced(byMilliseconds: -1),
                execution: ExecutionNumber(.max)
            )
        }
        return QueryCursor(
            time: horizon.due,
            execution: ExecutionNumber(horizon.execution.rawValue - 1)
        )
    }

    /// A page behind `place` is being read.
    package mutating func beginPage() {
        pageStart = horizon
        late = [:]
    }

    /// Takes in the page that was read.
    package mutating func add(_ page: QueryPage<DueRow>) {
        guard let start = pageStart else { return }
        let late = late
        giveUpPage()
        // What was let go of meanwhile is missing in it.
        guard start == horizon else { return }
        horizon =
            page.next.map { next in
                Entry(due: next.time, execution: ExecutionNumber(next.execution.rawValue + 1))
            } ?? .end
        for row in page.rows where late[row.execution] == nil && times[row.execution] == nil {
            insert(row.due, for: row.execution)
        }
        // Order-free: each execution has its own entry.
        for (execution, due) in late {
            if let due { set(due, for: execution) }
        }
        while times.count > capacity, let furthest = heap.max { cut(at: furthest) }
    }

    /// The page could not be read; it is to be asked for again.
    package mutating func giveUpPage() {
        pageStart = nil
        late = [:]
    }

    // MARK: Entries

    private mutating func insert(_ due: Timestamp, for execution: ExecutionNumber) {
        guard times.updateValue(due, forKey: execution) != due else { return }
        heap.insert(Entry(due: due, execution: execution))
        // Overtaken entries may not outnumber the others for long.
        if heap.count > 2 * times.count + 1_024 { heap = Heap(heap.unordered.filter(counts)) }
    }

    /// Whether an entry was not overtaken.
    private func counts(_ entry: Entry) -> Bool { times[entry.execution] == entry.due }

    /// Lets go of everything at and behind a place.
    private mutating func cut(at place: Entry) {
        horizon = min(horizon, place)
        while let furthest = heap.max, furthest >= place {
            if counts(furthest) { times[furthest.execution] = nil }
            _ = heap.popMax()
        }
    }
}

extension TimerQueue.Entry {
    /// Before all entries.
    static let start = Self(due: Timestamp(milliseconds: .min), execution: ExecutionNumber(0))
    /// Behind all entries.
    static let end = Self(due: Timestamp(milliseconds: .max), execution: ExecutionNumber(.max))
}
