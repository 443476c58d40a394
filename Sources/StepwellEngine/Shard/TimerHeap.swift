import HeapModule
import StepwellHistory

/// A time for each of some executions, the nearest first.
///
/// A time that was overtaken stays in the heap and is passed over when it comes up, without a look
/// at the execution.
struct TimerHeap: Sendable {
    typealias Entry = TimerQueue.Entry

    private var heap: Heap<Entry> = []
    /// The times that count, by execution.
    private var times: [ExecutionNumber: Timestamp] = [:]

    /// The executions that have a time.
    var count: Int { times.count }

    /// The time of an execution.
    subscript(execution: ExecutionNumber) -> Timestamp? { times[execution] }

    /// The first entry, which may have been overtaken.
    var first: Entry? { heap.min }

    /// The last entry, which may have been overtaken.
    var last: Entry? { heap.max }

    /// Gives an execution a time, in place of the one that it had.
    mutating func put(_ due: Timestamp, for execution: ExecutionNumber) {
        guard times.updateValue(due, forKey: execution) != due else { return }
        heap.insert(Entry(due: due, execution: execution))
        // Overtaken entries may not outnumber the others for long.
        if heap.count > 2 * times.count + 1_024 { heap = Heap(heap.unordered.filter(counts)) }
    }

    /// Takes an execution's time away.
    mutating func remove(_ execution: ExecutionNumber) { times[execution] = nil }

    /// Takes out the first entry that counts, if it is not behind a time.
    mutating func pop(notBehind time: Timestamp) -> Entry? {
        while let first = heap.min, first.due <= time {
            let isCounted = counts(first)
            _ = heap.popMin()
            if isCounted {
                times[first.execution] = nil
                return first
            }
        }
        return nil
    }

    /// Lets go of everything at and behind a place.
    mutating func cut(at place: Entry) {
        while let furthest = heap.max, furthest >= place {
            if counts(furthest) { times[furthest.execution] = nil }
            _ = heap.popMax()
        }
    }

    /// Whether an entry was not overtaken.
    private func counts(_ entry: Entry) -> Bool { times[entry.execution] == entry.due }
}
