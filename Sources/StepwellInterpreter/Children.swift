package import StepwellHistory
import StepwellJSON

/// The branches that a Parallel or Map state runs, and what they have come to.
package struct Children: Sendable {
    /// The live children, in order of their start.
    package var live: [BranchID]
    /// The outputs of those that ended, by index.
    package var results: [Payload?]
    /// How many have ended.
    package var finished = 0
    /// Map only: the index of the next iteration to start.
    package var nextIndex = 0
    /// Map only: the array that is iterated over.
    package var items: ResolvedItems?
    /// Map only: what the next `MapIterationStarted` hangs below.
    package var startCursor: EventID = 0
    /// The children that failed or were aborted, as they stood: a redrive takes them up again.
    package var unsuccessful: [Branch] = []

    package init(count: Int, items: ResolvedItems? = nil, startCursor: EventID = 0) {
        live = []
        results = Array(repeating: nil, count: count)
        self.items = items
        self.startCursor = startCursor
    }

    /// Takes the output of a child that ended; nothing is done for an index that no child has.
    mutating func finish(_ index: Int, output: Payload) {
        guard results.indices.contains(index) else { return }
        results[index] = output
        finished += 1
    }

    /// Takes a child out of the live ones; mostly it is one of the first.
    mutating func remove(_ child: BranchID) {
        if let place = live.firstIndex(of: child) { live.remove(at: place) }
    }

    /// Whether every child has ended.
    package var isComplete: Bool { finished == results.count }

    /// Whether a Map may start another iteration now.
    package var mayStartIteration: Bool {
        guard let items else { return false }
        return nextIndex < results.count && live.count < items.maxConcurrency
    }
}

/// The items of a Map state and how many of them may run at once; or what a Parallel state gives
/// its branches.
///
/// The items are not taken apart: the parsed payload, which its copies share, is looked into.
package struct ResolvedItems: Sendable {
    /// A JSON array; of a distributed Map perhaps an object, whose entries are the items.
    package var payload: Payload
    /// At least 1; of a distributed Map 0 for no limit.
    package var maxConcurrency: Int

    package init(payload: Payload, maxConcurrency: Int) {
        self.payload = payload
        self.maxConcurrency = maxConcurrency
    }

    /// The number of items; text that is no container holds none.
    package var count: Int {
        switch try? payload.value() {
        case .array(let values)?: values.count
        case .object(let object)?: object.count
        default: 0
        }
    }

    /// The item at an index; nil when there is none.
    func item(at index: Int) -> ContextSource.MapItem? {
        switch try? payload.value() {
        case .array(let values)? where values.indices.contains(index):
            ContextSource.MapItem(index: index, value: values[index])
        case .object(let object)? where (0..<object.count).contains(index):
            ContextSource.MapItem(
                index: index,
                value: object.value(at: index),
                key: object.key(at: index)
            )
        default: nil
        }
    }
}

/// A Parallel state's items are no items: `maxConcurrency` says how they hold what its branches
/// begin with.
enum ParallelInput {
    /// In a list of one (before revision 7).
    static let listed = 0
    /// The payload itself.
    static let whole = 1
}
