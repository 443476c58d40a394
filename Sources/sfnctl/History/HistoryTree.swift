/// Draws a history as the states have it: the events of each branch and iteration together, below
/// the state that runs them, and what comes after their join beside that state again.
struct HistoryTree {
    /// A thread of control: the execution, a branch or an iteration.
    private struct Thread {
        let parent: Int?
        let depth: Int
        /// The name of the Map state whose iteration it is.
        let map: String?
        /// The name of the state that it has entered last.
        var state: String?
        /// How many of its Parallel and Map states have begun their branches and not ended.
        var open = 0
        /// Its events and the threads below it, in the order of their first events.
        var items: [Item] = []
    }

    private enum Item {
        case line(Int)
        case thread(Int)
    }

    private let lines: [HistoryLine]
    private var threads = [Thread(parent: nil, depth: 0, map: nil)]
    /// The thread of each event, and the event's type.
    private var known: [Int64: (thread: Int, type: String)] = [:]

    init(_ lines: [HistoryLine]) {
        self.lines = lines
        for (index, line) in lines.enumerated() {
            let thread = thread(of: line)
            known[line.id] = (thread, line.type)
            threads[thread].items.append(.line(index))
            if line.type.hasSuffix("StateEntered") { threads[thread].state = line.name }
        }
    }

    /// The drawing's lines.
    func drawing() -> [String] {
        var drawn: [String] = []
        // A stack rather than recursion: histories are long.
        var pending: [(thread: Int, item: Int)] = [(0, 0)]
        while let (thread, item) = pending.popLast() {
            guard item < threads[thread].items.count else { continue }
            pending.append((thread, item + 1))
            switch threads[thread].items[item] {
            case .thread(let below): pending.append((below, 0))
            case .line(let index):
                let depth = min(threads[thread].depth, 20)
                let indent = String(repeating: "│ ", count: depth)
                drawn.append(indent + lines[index].row(on: .output, indent: indent.count))
            }
        }
        return drawn
    }

    /// The thread that an event belongs to; a new one for the first of a branch or iteration.
    private mutating func thread(of line: HistoryLine) -> Int {
        guard !line.type.hasPrefix("Execution"), let previous = known[line.previous] else {
            return 0
        }
        switch line.type {
        case "MapIterationStarted":
            // Below an iteration that has ended, when not all may run at once.
            let isSibling = threads[previous.thread].map == line.name
            let parent = isSibling ? threads[previous.thread].parent : previous.thread
            return begin(below: parent ?? 0, map: line.name)
        case let type where type.hasSuffix("StateEntered"):
            guard previous.type == "ParallelStateStarted" else { return previous.thread }
            return begin(below: previous.thread, map: nil)
        case "ParallelStateStarted", "MapStateStarted":
            guard !previous.type.hasSuffix("StateEntered") else {
                threads[previous.thread].open += 1
                return previous.thread
            }
            // After an attempt whose branches failed.
            return joined(previous.thread)
        case "ParallelStateSucceeded", "ParallelStateFailed", "ParallelStateAborted",
            "MapStateSucceeded", "MapStateFailed", "MapStateAborted":
            let thread = joined(previous.thread)
            threads[thread].open -= 1
            return thread
        case let type where type.hasSuffix("StateExited"):
            // The exit of a Map or Parallel state hangs below what it has run.
            var thread = previous.thread
            while threads[thread].state != line.name, let parent = threads[thread].parent {
                thread = parent
            }
            return thread
        default:
            return previous.thread
        }
    }

    /// The thread of the state whose branches lead to an event behind one of `thread`.
    private func joined(_ thread: Int) -> Int {
        threads[thread].open > 0 ? thread : threads[thread].parent ?? thread
    }

    private mutating func begin(below parent: Int, map: String?) -> Int {
        threads.append(Thread(parent: parent, depth: threads[parent].depth + 1, map: map))
        threads[parent].items.append(.thread(threads.count - 1))
        return threads.count - 1
    }
}
