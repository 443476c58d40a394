import StepwellEngine
import StepwellHistory
import StepwellStore
import Testing

/// After a commit whose outcome LMDB does not know, the page cache may show what the disk lacks.
@Suite("Commits that reached the page cache only, perhaps")
struct ConfirmationTests {
    let directory: TemporaryDirectory
    let faults = CommitFaults()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open() throws -> LMDBEventStore {
        var options = StoreOptions()
        options.faults = faults
        return try LMDBEventStore.open(directory: directory.path, options: options)
    }

    @Test("What the file shows is believed only when commits on top of it succeed")
    func confirmed() throws {
        let store = try open()
        var workload = Workload(seed: 11)
        _ = try store.append(workload.batch(20))
        let before = store.statistics.transaction
        faults.inject(.unknownButDurable)
        let batch = workload.batch(20)
        let error = #expect(throws: StoreError.self) { try store.append(batch) }
        #expect(error?.code == .unknown)
        #expect(store.statistics.transaction == before + 3, "the append and its confirmation")
        _ = try store.append(workload.batch(20))
        #expect(try Fingerprint(of: store, executions: 0...100).scanned == 60)
    }

    @Test("When that fails too the store takes nothing more and says why")
    func distrusted() throws {
        let store = try open()
        var workload = Workload(seed: 12)
        _ = try store.append(workload.batch(20))
        let before = try Fingerprint(of: store, executions: 0...100).heads
        faults.inject(.unknownButDurable)
        faults.failConfirmations()
        let batch = workload.batch(20)
        let error = #expect(throws: StoreError.self) { try store.append(batch) }
        #expect(error?.code == .unusable)
        #expect(try Fingerprint(of: store, executions: 0...100).heads == before)
        let next = #expect(throws: StoreError.self) { try store.append(batch) }
        #expect(next?.code == .unusable)
        #expect(next?.message.contains("could not be made durable") == true)
    }
}
