import DequeModule
import StepwellHistory

/// The executions that have to be looked at because an earlier life of the engine, or a batch
/// that failed, left their tasks or their turn unfinished.
struct RecoveryQueue {
    private var pending: Deque<ExecutionNumber> = []
    private var isPending: Set<ExecutionNumber> = []
    /// Behind which row the next page begins.
    private(set) var place: QueryCursor?
    /// Executions from here on were started in this life.
    private let end: ExecutionNumber
    private var isExhausted: Bool
    private var isPaging = false

    /// Nothing to recover.
    init() {
        end = ExecutionNumber(0)
        isExhausted = true
    }

    /// Everything before `end` that the store lists as unsettled.
    init(upTo end: ExecutionNumber) {
        self.end = end
        isExhausted = end.rawValue <= 1
    }

    /// Whether one is in hand.
    var hasNext: Bool { !pending.isEmpty }

    /// Whether the store is to be asked for more.
    var needsPage: Bool { !isExhausted && !isPaging && pending.isEmpty }

    mutating func append(_ number: ExecutionNumber) {
        if isPending.insert(number).inserted { pending.append(number) }
    }

    /// The next one in hand.
    mutating func next() -> ExecutionNumber? {
        guard let number = pending.popFirst() else { return nil }
        isPending.remove(number)
        return number
    }

    /// A page behind `place` is being read.
    mutating func beginPage() { isPaging = true }

    /// Takes in the page that was read.
    mutating func add(_ page: QueryPage<ExecutionNumber>) {
        isPaging = false
        for number in page.rows where number < end { append(number) }
        place = page.next
        isExhausted = place.map { $0.execution >= end } ?? true
    }

    /// The page could not be read; it is to be asked for again.
    mutating func giveUpPage() { isPaging = false }
}
