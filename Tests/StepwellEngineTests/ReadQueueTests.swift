import Testing

@testable import StepwellEngine

/// The order in which reads are done.
@Suite("The queue of reads")
struct ReadQueueTests {
    private final class Caller: Sendable {}

    private let callers = (0..<3).map { _ in Caller() }

    private func job(_ id: UInt64, of caller: Int, _ lane: ReadLane) -> ReadJob {
        ReadJob(id: RequestID(id), caller: ReadCaller(callers[caller]), lane: lane) {
            ReadAnswer {}
        } refuse: { _ in
        }
    }

    private func add(
        _ job: ReadJob,
        to queue: inout ReadQueue,
        isRefusable: Bool = true,
        isAdmitted: Bool = true
    ) {
        let isAdded = queue.add(job, isRefusable: isRefusable)
        #expect(isAdded == isAdmitted)
    }

    private func drain(_ queue: inout ReadQueue, pagesToo: Bool = true) -> [UInt64] {
        var order: [UInt64] = []
        while let job = queue.next(pagesToo: pagesToo) { order.append(job.id.rawValue) }
        return order
    }

    @Test("callers take turns, however much one wants")
    func turns() {
        var queue = ReadQueue(capacity: 100, capacityPerCaller: 100)
        for id in 0..<4 { add(job(UInt64(id), of: 0, .page), to: &queue) }
        add(job(10, of: 1, .page), to: &queue)
        add(job(20, of: 2, .page), to: &queue)
        add(job(21, of: 2, .page), to: &queue)
        let order1 = drain(&queue)
        #expect(order1 == [0, 10, 20, 1, 21, 2, 3])
        #expect(queue.count == 0)
    }

    @Test("brief reads come first, and leave pages their turn")
    func lanes() {
        var queue = ReadQueue(capacity: 1_000, capacityPerCaller: 1_000)
        add(job(1_000, of: 0, .page), to: &queue)
        add(job(1_001, of: 0, .page), to: &queue)
        for id in 0..<40 { add(job(UInt64(id), of: 1, .brief), to: &queue) }
        let order = drain(&queue)
        let pages = order.indices.filter { order[$0] >= 1_000 }
        #expect(pages == [ReadQueue.briefReadsInARow, 2 * ReadQueue.briefReadsInARow + 1])
        #expect(order.filter { $0 < 1_000 } == Array(0..<40))
    }

    @Test("while pages have no thread, brief reads go on")
    func withoutPages() {
        var queue = ReadQueue(capacity: 100, capacityPerCaller: 100)
        add(job(1, of: 0, .page), to: &queue)
        add(job(2, of: 0, .brief), to: &queue)
        let order2 = drain(&queue, pagesToo: false)
        #expect(order2 == [2])
        let order3 = drain(&queue)
        #expect(order3 == [1])
    }

    @Test("it is bounded for each caller and in all; what must arrive does")
    func bounds() {
        var queue = ReadQueue(capacity: 3, capacityPerCaller: 2)
        add(job(0, of: 0, .page), to: &queue)
        add(job(1, of: 0, .brief), to: &queue)
        add(job(2, of: 0, .page), to: &queue, isAdmitted: false)
        add(job(3, of: 1, .page), to: &queue)
        add(job(4, of: 2, .page), to: &queue, isAdmitted: false)
        add(job(5, of: 2, .page), to: &queue, isRefusable: false)
        #expect(queue.count == 4)
    }

    @Test("a read that is taken back leaves nothing behind")
    func removal() {
        var queue = ReadQueue(capacity: 100, capacityPerCaller: 100)
        add(job(0, of: 0, .page), to: &queue)
        add(job(1, of: 1, .page), to: &queue)
        let first = ReadCaller(callers[0])
        let removed = queue.remove(RequestID(0), of: first)
        #expect(removed?.id == RequestID(0))
        let again = queue.remove(RequestID(0), of: first)
        #expect(again == nil)
        add(job(2, of: 0, .page), to: &queue)
        let order4 = drain(&queue)
        #expect(order4 == [1, 2])
    }
}
