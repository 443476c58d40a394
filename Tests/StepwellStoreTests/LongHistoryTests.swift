import StepwellEngine
import StepwellHistory
import StepwellStore
import Testing

@Suite("Histories of many segments")
struct LongHistoryTests {
    @Test("Every read from the middle gives what reading all gives, while the history grows")
    func reads() throws {
        let directory = try TemporaryDirectory()
        let store = try LMDBEventStore.open(directory: directory.path)
        var factory = TurnFactory()
        var appended = [factory.start(1)]
        _ = try store.append(AppendBatch(turns: appended))
        for round in 1...5 {
            for _ in 0..<70 {
                let batch = (0..<3).map { _ in factory.turn(of: 1) }
                appended += batch
                _ = try store.append(AppendBatch(turns: batch))
            }
            let last = appended.last?.head.lastOrdinal ?? Ordinal(1)
            for first in stride(from: 1, through: last.rawValue, by: 37) {
                let found = try store.readTurns(
                    of: ExecutionNumber(1),
                    ordinals: Ordinal(first)...last,
                    byteLimit: .max
                )
                let expected = appended.filter { $0.head.lastOrdinal >= Ordinal(first) }
                #expect(found.map(\.bytes) == expected.map(\.bytes), "round \(round), \(first)")
            }
        }
    }

    @Test("The byte limit is kept, and one turn is given all the same")
    func limited() throws {
        let directory = try TemporaryDirectory()
        let store = try LMDBEventStore.open(directory: directory.path)
        var factory = TurnFactory()
        _ = try store.append(AppendBatch(turns: [factory.start(1)]))
        for _ in 0..<200 { _ = try store.append(AppendBatch(turns: [factory.turn(of: 1)])) }
        var next = Ordinal(1)
        var pages = 0
        while true {
            let page = try store.readTurns(
                of: ExecutionNumber(1),
                ordinals: next...Ordinal(.max),
                byteLimit: 1
            )
            guard let turn = page.first else { break }
            #expect(page.count == 1)
            #expect(turn.firstOrdinal == next)
            next = next.advanced(by: 2)
            pages += 1
        }
        #expect(pages == 201)
    }
}
