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
        let complete = all.filter { $0 < queue.horizon.milliseconds }.sorted()
        var popped: [Int64] = []
        while let entry = queue.popDue(at: time(.max)) { popped.append(entry.due.milliseconds) }
        #expect(popped == complete)
        #expect(queue.next == queue.horizon)
        #expect(queue.needsRefill)
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
}
