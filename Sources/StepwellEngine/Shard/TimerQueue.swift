import HeapModule
package import StepwellHistory

/// The nearest durable timers of a shard, at most `capacity`; the others are in the store's index.
///
/// Holds (due, execution), not timers: the state knows which of its timers is due. Entries that
/// have been overtaken stay until they come up and are then seen to be stale. Whatever is due at
/// or behind `horizon` may be missing and has to be fetched from the store.
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
    private let capacity: Int
    /// Every timer due before this time is in the queue.
    package private(set) var horizon = Timestamp(milliseconds: .max)

    package init(capacity: Int) {
        self.capacity = capacity
    }

    package var count: Int { heap.count }

    /// Takes an execution's next timer in, unless it lies behind the horizon.
    package mutating func insert(due: Timestamp, execution: ExecutionNumber) {
        guard due < horizon else { return }
        heap.insert(Entry(due: due, execution: execution))
        if heap.count > capacity, let furthest = heap.popMax() {
            horizon = min(horizon, furthest.due)
            while let next = heap.max, next.due >= horizon { _ = heap.popMax() }
        }
    }

    /// The earliest time at which something may be due.
    package var next: Timestamp? {
        if let first = heap.min { return first.due }
        return horizon.milliseconds == .max ? nil : horizon
    }

    /// Takes out the earliest entry that is due.
    package mutating func popDue(at now: Timestamp) -> Entry? {
        guard let first = heap.min, first.due <= now else { return nil }
        return heap.popMin()
    }

    /// Whether the store has to be asked for the timers behind the horizon.
    package var needsRefill: Bool {
        heap.count < capacity / 4 && horizon.milliseconds != .max
    }

    /// Starts anew from the store's earliest timers; `isComplete` says that there are no others.
    package mutating func refill(_ rows: [DueRow], isComplete: Bool) {
        heap = []
        horizon = Timestamp(milliseconds: .max)
        if !isComplete, let last = rows.last {
            // Others may be due in the same millisecond as the last one, so it is the bound.
            horizon = last.due
        }
        for row in rows { heap.insert(Entry(due: row.due, execution: row.execution)) }
    }
}
