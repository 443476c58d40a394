import StepwellEngine
import StepwellStore
import Testing

@Suite("Readers in other processes", .timeLimit(.minutes(1)))
struct ReaderTests {
    @Test(
        "one that stays behind is measured and named, one that died is removed",
        .enabled(if: ReaderProcess.isPossible, "needs python3 and liblmdb.so.0")
    )
    func lagAndDeath() throws {
        let directory = try TemporaryDirectory()
        let store = try LMDBEventStore.open(directory: directory.path)
        var factory = TurnFactory()
        _ = try store.append(AppendBatch(turns: [factory.start(1)]))
        #expect(try store.checkReaders() == ReaderReport())

        let reader = try ReaderProcess(directory: store.path)
        for number in UInt64(2)...6 {
            _ = try store.append(AppendBatch(turns: [factory.start(number)]))
        }
        let behind = ReaderReport(cleared: 0, lag: 5, process: reader.identifier)
        #expect(try store.checkReaders() == behind)

        reader.kill()
        #expect(try store.checkReaders() == ReaderReport(cleared: 1))
        #expect(try store.checkReaders() == ReaderReport())
    }
}
