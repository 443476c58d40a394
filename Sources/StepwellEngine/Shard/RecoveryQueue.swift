import DequeModule
import StepwellHistory

/// The executions that have to be looked at because an earlier life of the engine, or a batch
/// that failed, left their tasks or their turn unfinished.
struct RecoveryQueue {
    private var pending: Deque<ExecutionNumber> = []
    private var isPending: Set<ExecutionNumber> = []
    private var cursor: QueryCursor?
    /// Executions from here on were started in this life.
    private let end: ExecutionNumber
    private var isExhausted: Bool

    /// Nothing to recover.
    init() {
        end = ExecutionNumber(0)
        isExhausted = true
    }

    /// Everything before `end` that the store lists as unsettled.
    init(upTo end: ExecutionNumber) {
        self.end = end
        isExhausted = false
    }

    var isEmpty: Bool { isExhausted && pending.isEmpty }

    mutating func append(_ number: ExecutionNumber) {
        if isPending.insert(number).inserted { pending.append(number) }
    }

    /// The next one; asks the store for more when there is none in hand.
    mutating func next(from store: any EventStore) throws(StoreError) -> ExecutionNumber? {
        if pending.isEmpty, !isExhausted { try fetch(from: store) }
        guard let number = pending.popFirst() else { return nil }
        isPending.remove(number)
        return number
    }

    private mutating func fetch(from store: any EventStore) throws(StoreError) {
        let page = try store.unsettled(after: cursor, looks: Self.pageSize)
        for number in page.rows where number < end { append(number) }
        cursor = page.next
        isExhausted = cursor.map { $0.execution >= end } ?? true
    }

    private static let pageSize = 256
}
