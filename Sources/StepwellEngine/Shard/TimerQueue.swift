import HeapModule
package import StepwellHistory

/// The nearest durable timers of a shard, at most `capacity`; the others are in the store's index.
///
/// Holds the next time of each execution, not its timers: the state knows which of them is due. An
/// entry that was overtaken stays in the heap and is passed over when it comes up, without a look
/// at the execution. Whatever is due at or behind `horizon` may be missing and has to be fetched
/// from the store.
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
    /// Every timer due before this time is in the queue.
    package private(set) var horizon = Timestamp(milliseconds: .max)

    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// The executions that have an entry.
    package var count: Int { times.count }

    /// Notes when an execution has to be looked at next; nil: not at all.
    ///
    /// A time behind the horizon is left to the store.
    package mutating func set(_ due: Timestamp?, for execution: ExecutionNumber) {
        guard let due, due < horizon else {
            times[execution] = nil
            return
        }
        guard times.updateValue(due, forKey: execution) != due else { return }
        heap.insert(Entry(due: due, execution: execution))
        while times.count > capacity, let furthest = heap.max { cut(at: furthest.due) }
        // Overtaken entries may not outnumber the others for long.
        if heap.count > 2 * times.count + 1_024 { heap = Heap(heap.unordered.filter(counts)) }
    }

    /// The earliest time at which something may be due.
    package var next: Timestamp? {
        if let first = heap.min { return first.due }
        return horizon.milliseconds == .max ? nil : horizon
    }

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

    /// Whether the store has to be asked for the timers behind the horizon.
    package var needsRefill: Bool {
        times.count < capacity / 4 && horizon.milliseconds != .max
    }

    /// Starts anew from the store's earliest timers; `isComplete` says that there are no others.
    package mutating func refill(_ rows: [DueRow], isComplete: Bool) {
        heap = []
        times = [:]
        horizon = Timestamp(milliseconds: .max)
        if !isComplete, let last = rows.last {
            // Others may be due in the same millisecond as the last one, so it is the bound.
            horizon = last.due
        }
        for row in rows {
            times[row.execution] = row.due
            heap.insert(Entry(due: row.due, execution: row.execution))
        }
    }

    /// Whether an entry was not overtaken.
    private func counts(_ entry: Entry) -> Bool { times[entry.execution] == entry.due }

    /// Lets go of everything that is due at or behind a time.
    private mutating func cut(at due: Timestamp) {
        horizon = min(horizon, due)
        while let furthest = heap.max, furthest.due >= due {
            if counts(furthest) { times[furthest.execution] = nil }
            _ = heap.popMax()
        }
    }
}
