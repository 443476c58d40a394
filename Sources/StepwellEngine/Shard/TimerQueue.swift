package import StepwellHistory

/// The nearest durable timers of a shard, at most `capacity`; the others are in the store's index.
///
/// Holds the next time of each execution, not its timers: the state knows which of them is due.
///
/// What lies before `horizon` is all here; what lies behind it is in the store's index and is read
/// page by page (`beginPage`, `add`) when the queue runs low. While a page is read, times behind
/// the horizon are noted: the index may not have had them yet. Times that the index never has,
/// since a timer was put off, are all here wherever they lie.
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

    private var near = TimerHeap()
    /// Times that are later than the store's index says.
    private var postponed = TimerHeap()
    private let capacity: Int
    /// Whether no time ever comes: nothing is taken in.
    private let isStopped: Bool
    /// Everything before this place is in the queue.
    package private(set) var horizon = Entry.end
    /// The horizon when the page that is being read was asked for; nil when none is.
    private var pageStart: Entry?
    /// What was set since then; nil: nothing behind the horizon.
    private var late: [ExecutionNumber: Timestamp?] = [:]

    /// An empty queue; a stopped one takes nothing in, and asks for nothing.
    package init(capacity: Int, isStopped: Bool = false) {
        self.capacity = capacity
        self.isStopped = isStopped
    }

    /// The executions that have an entry.
    package var count: Int { near.count + postponed.count }

    /// Notes when an execution has to be looked at next; nil: not at all.
    ///
    /// A time behind the horizon is left to the store when it is the one that the store's index
    /// has, or will have as soon as the execution's turn is durable.
    package mutating func set(
        _ due: Timestamp?,
        for execution: ExecutionNumber,
        isIndexed: Bool = true
    ) {
        guard !isStopped else { return }
        postponed.remove(execution)
        let isBehind = due.map { Entry(due: $0, execution: execution) >= horizon } ?? false
        if pageStart != nil { late[execution] = .some(isBehind && isIndexed ? due : nil) }
        guard let due, isIndexed, !isBehind else {
            near.remove(execution)
            if let due, !isIndexed { postponed.put(due, for: execution) }
            return
        }
        near.put(due, for: execution)
        keepToCapacity()
    }

    /// The earliest time in the queue.
    package var next: Timestamp? {
        guard let first = near.first?.due, let other = postponed.first?.due else {
            return near.first?.due ?? postponed.first?.due
        }
        return min(first, other)
    }

    /// Takes out the earliest entry that is due.
    package mutating func popDue(at now: Timestamp) -> Entry? {
        if let first = near.first, let other = postponed.first, other < first {
            return postponed.pop(notBehind: min(now, first.due)) ?? near.pop(notBehind: now)
        }
        return near.pop(notBehind: now) ?? postponed.pop(notBehind: now)
    }

    // MARK: Pages

    /// Forgets everything: all there is is in the store.
    package mutating func forgetAll() {
        near = TimerHeap()
        postponed = TimerHeap()
        horizon = .start
    }

    /// Whether the store is to be asked for what lies behind the horizon.
    package var needsPage: Bool {
        pageStart == nil && horizon != .end && near.count <= capacity / 4
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
        for row in page.rows where late[row.execution] == nil && !has(row.execution) {
            near.put(row.due, for: row.execution)
        }
        // Order-free: each execution has its own entry.
        for (execution, due) in late {
            if let due { set(due, for: execution) }
        }
        keepToCapacity()
    }

    /// The page could not be read; it is to be asked for again.
    package mutating func giveUpPage() {
        pageStart = nil
        late = [:]
    }

    // MARK: Entries

    private func has(_ execution: ExecutionNumber) -> Bool {
        near[execution] != nil || postponed[execution] != nil
    }

    /// Lets go of the furthest, which are in the store's index.
    private mutating func keepToCapacity() {
        while near.count > capacity, let furthest = near.last {
            horizon = min(horizon, furthest)
            near.cut(at: furthest)
        }
    }
}

extension TimerQueue.Entry {
    /// Before all entries.
    static let start = Self(due: Timestamp(milliseconds: .min), execution: ExecutionNumber(0))
    /// Behind all entries.
    static let end = Self(due: Timestamp(milliseconds: .max), execution: ExecutionNumber(.max))
}
