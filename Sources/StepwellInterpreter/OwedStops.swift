import StepwellHistory

/// The stops that an execution owes, in the order in which they came to be owed; by task, each
/// found and paid at a constant cost.
package struct OwedStops: Sendable, Sequence {
    /// Nil where one was paid, which are not many more than half.
    private var places: [OwedStop?] = []
    private var placeOfTask: [Ordinal: Int] = [:]
    /// How many have been owed, paid ones included.
    private(set) var total = 0

    package init() {}

    /// How many are owed.
    package var count: Int { placeOfTask.count }

    /// Whether none is.
    package var isEmpty: Bool { placeOfTask.isEmpty }

    /// Whether a task's is owed.
    func contains(_ task: Ordinal) -> Bool { placeOfTask[task] != nil }

    /// Adds one; a task owes one at most.
    mutating func append(_ stop: OwedStop) {
        guard placeOfTask[stop.task] == nil else { return }
        placeOfTask[stop.task] = places.count
        places.append(stop)
        total += 1
    }

    /// Takes out that of a task.
    mutating func remove(_ task: Ordinal) {
        guard let place = placeOfTask.removeValue(forKey: task) else { return }
        places[place] = nil
        guard places.count > 2 * count + 16 else { return }
        places.removeAll { $0 == nil }
        for (index, stop) in places.enumerated() {
            if let stop { placeOfTask[stop.task] = index }
        }
    }

    /// Those that have come to be owed since `total` was `before`, none of which is paid.
    func added(since before: Int) -> [OwedStop] {
        places.suffix(total - before).compactMap(\.self)
    }

    package func makeIterator() -> AnyIterator<OwedStop> {
        var rest = places.makeIterator()
        return AnyIterator {
            while let place = rest.next() {
                if let stop = place { return stop }
            }
            return nil
        }
    }
}
