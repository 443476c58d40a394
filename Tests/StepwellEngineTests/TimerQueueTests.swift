import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("The timer queue")
struct TimerQueueTests {
    private func time(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds)
    }

    @Test("gives what is due, earliest first")
    func inOrder() {
        var queue = TimerQueue(capacity: 100)
        for (index, due) in [30, 10, 20].enumerated() {
            queue.set(time(Int64(due)), for: ExecutionNumber(UInt64(index)))
        }
        #expect(queue.popDue(at: time(9)) == nil)
        #expect(queue.popDue(at: time(25))?.due == time(10))
        #expect(queue.popDue(at: time(25))?.due == time(20))
        #expect(queue.popDue(at: time(25)) == nil)
        #expect(queue.next == time(30))
    }

    @Test("keeps the nearest when there are too many, and knows from where it may lack some")
    func bounded() {
        var queue = TimerQueue(capacity: 10)
        var random = SeededGenerator(seed: 3)
        var all: [Int64] = []
        for index in 0..<1_000 {
            let due = Int64(random.next() % 500)
            all.append(due)
            queue.set(time(due), for: ExecutionNumber(UInt64(index)))
            #expect(queue.count <= 10)
        }
        let complete = all.enumerated()
            .filter { (time($1), ExecutionNumber(UInt64($0))) < queue.horizon.place }
            .map(\.element)
        var popped: [Int64] = []
        while let entry = queue.popDue(at: time(.max)) { popped.append(entry.due.milliseconds) }
        #expect(popped == complete.sorted())
        #expect(queue.next == nil)
        #expect(queue.needsPage)
    }

    @Test("an entry that was overtaken or taken back is passed over")
    func overtaken() {
        var queue = TimerQueue(capacity: 10)
        let (one, two) = (ExecutionNumber(1), ExecutionNumber(2))
        queue.set(time(10), for: one)
        queue.set(time(30), for: one)
        queue.set(time(20), for: two)
        queue.set(nil, for: two)
        #expect(queue.count == 1)
        #expect(queue.popDue(at: time(29)) == nil)
        #expect(queue.popDue(at: time(30))?.execution == one)
        #expect(queue.popDue(at: time(.max)) == nil)
        // However often it is set, it takes one place.
        for due in 0..<100_000 { queue.set(time(Int64(due % 7)), for: one) }
        #expect(queue.count == 1)
        #expect(queue.popDue(at: time(.max)) != nil)
        #expect(queue.popDue(at: time(.max)) == nil)
    }

    @Test("pages bring everything once and in order, whatever is set between them")
    func pages() {
        for seed in 0..<50 {
            var random = SeededGenerator(seed: UInt64(seed))
            // What the store's index holds.
            var index: Set<DueRow> = []
            var newest: UInt64 = 0
            func row(_ number: UInt64, _ due: Int64) -> DueRow {
                DueRow(due: time(due), execution: ExecutionNumber(number), isMapRunChild: false)
            }
            for _ in 0..<200 {
                newest += 1
                index.insert(row(newest, Int64(random.next() % 40)))
            }
            var queue = TimerQueue(capacity: 16)
            queue.forgetAll()
            var expected = index
            var popped: [DueRow] = []
            while popped.count < 1_000 {
                var page: QueryPage<DueRow>?
                if queue.needsPage {
                    page = Self.page(of: index, after: queue.place, looks: queue.pageLooks)
                    queue.beginPage()
                }
                if random.next() % 2 == 0, newest < 400 {
                    newest += 1
                    let new = row(newest, Int64(40 + random.next() % 20))
                    index.insert(new)
                    expected.insert(new)
                    queue.set(new.due, for: new.execution)
                }
                if let page { queue.add(page) }
                if let entry = queue.popDue(at: time(.max)) {
                    popped.append(row(entry.execution.rawValue, entry.due.milliseconds))
                    index.remove(row(entry.execution.rawValue, entry.due.milliseconds))
                } else if !queue.needsPage, index.isEmpty {
                    break
                }
            }
            #expect(popped.count == expected.count)
            #expect(Set(popped) == expected)
        }
    }

    @Test("a time that the store's index does not have stays, wherever it lies")
    func postponed() {
        var queue = TimerQueue(capacity: 4)
        queue.forgetAll()
        let (one, two) = (ExecutionNumber(1), ExecutionNumber(2))
        // Nothing was read yet, so all else is left to the store.
        queue.set(time(50), for: one, isIndexed: false)
        queue.set(time(5), for: two)
        #expect(queue.count == 1)
        let rows = (1...4).map { number in
            DueRow(due: time(10), execution: ExecutionNumber(number), isMapRunChild: false)
        }
        queue.beginPage()
        let next = QueryCursor(time: time(10), execution: rows[3].execution)
        queue.add(QueryPage(rows: rows, next: next))
        #expect(queue.count == 4, "what the index says of the first is not true any more")
        for number in 5..<20 { queue.set(time(9), for: ExecutionNumber(UInt64(number))) }
        var popped: [ExecutionNumber] = []
        while let entry = queue.popDue(at: time(49)) { popped.append(entry.execution) }
        #expect(!popped.contains(one))
        #expect(queue.next == time(50))
        #expect(queue.popDue(at: time(50))?.execution == one)
        queue.set(time(60), for: one, isIndexed: false)
        queue.set(nil, for: one)
        #expect(queue.popDue(at: time(.max)) == nil)
    }

    private static func page(
        of index: Set<DueRow>,
        after place: QueryCursor?,
        looks: Int
    ) -> QueryPage<DueRow> {
        let rows = index.sorted { ($0.due, $0.execution) < ($1.due, $1.execution) }
            .filter { row in
                place.map { (row.due, row.execution) > ($0.time, $0.execution) } ?? true
            }
        let taken = Array(rows.prefix(looks))
        let next = rows.count > looks ? taken.last : nil
        return QueryPage(
            rows: taken,
            next: next.map { QueryCursor(time: $0.due, execution: $0.execution) }
        )
    }
}

extension TimerQueue.Entry {
    fileprivate var place: (Timestamp, ExecutionNumber) { (due, execution) }
}
