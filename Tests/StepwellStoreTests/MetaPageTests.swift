import Foundation
import StepwellEngine
import StepwellHistory
import StepwellLMDB
import StepwellStore
import Synchronization
import Testing

/// LMDB gives up when it cannot write a meta page: the store opens the file again, below everyone
/// who reads it.
@Suite("A meta page that cannot be written", .serialized)
struct MetaPageTests {
    let directory: TemporaryDirectory
    private var shard: String { directory.path + "/shard-0" }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open() throws -> LMDBEventStore {
        try LMDBEventStore.open(directory: directory.path)
    }

    @Test("What was committed is there, the failed batch is not, and the store goes on")
    func goesOn() throws {
        var store: LMDBEventStore? = try open()
        var workload = Workload(seed: 21)
        var expected: Fingerprint?
        do {
            let store = try #require(store)
            for _ in 0..<5 {
                _ = try store.append(workload.batch(10))
                let before = try Fingerprint(of: store, executions: 0...100)
                var lost = workload
                #expect(MetaPageFault.inject(into: shard))
                let error = #expect(throws: StoreError.self) { try store.append(lost.batch(10)) }
                #expect(error?.code == .unknown)
                #expect(try Fingerprint(of: store, executions: 0...100) == before)
                _ = try store.append(workload.batch(10))
            }
            expected = try Fingerprint(of: store, executions: 0...100)
        }
        store = nil
        #expect(try Fingerprint(of: open(), executions: 0...100) == expected)
    }

    @Test("A file that is left after such a failure opens as before it")
    func leftAlone() throws {
        let store = try open()
        var workload = Workload(seed: 22)
        _ = try store.append(workload.batch(10))
        let before = try Fingerprint(of: store, executions: 0...100)
        #expect(MetaPageFault.inject(into: shard))
        #expect(throws: StoreError.self) { try store.append(workload.batch(10)) }
        let image = try directory.readDataFile()
        let copy = try TemporaryDirectory()
        try copy.install(image)
        let found = try Fingerprint(
            of: LMDBEventStore.open(directory: copy.path),
            executions: 0...100
        )
        #expect(found == before)
    }

    @Test("Those who read on other threads meanwhile are answered")
    func readers() throws {
        let store = try open()
        var factory = TurnFactory()
        let starts = (UInt64(1)...70).map { factory.start($0) }
        _ = try store.append(AppendBatch(turns: Array(starts[..<50])))
        let isOver = Atomic(false)
        let reads = Atomic(0)
        let failures = Mutex<[String]>([])
        let readers = DispatchGroup()
        for _ in 0..<3 {
            let reader = Thread {
                while !isOver.load(ordering: .acquiring) {
                    do {
                        let problem = try Self.problem(reading: store)
                        if let problem { failures.withLock { $0.append(problem) } }
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                    reads.add(1, ordering: .acquiringAndReleasing)
                }
                readers.leave()
            }
            readers.enter()
            reader.start()
        }
        for start in starts[50...] {
            let before = reads.load(ordering: .acquiring)
            while reads.load(ordering: .acquiring) < before + 10 { sched_yield() }
            #expect(MetaPageFault.inject(into: shard))
            let batch = AppendBatch(turns: [start])
            #expect(throws: StoreError.self) { try store.append(batch) }
            #expect(throws: Never.self) { try store.append(batch) }
        }
        isOver.store(true, ordering: .releasing)
        readers.wait()
        #expect(failures.withLock { $0.prefix(3) } == [])
        #expect(try store.newest() == ExecutionNumber(70))
    }

    /// What is wrong with answers about the first fifty executions.
    private static func problem(reading store: LMDBEventStore) throws -> String? {
        let turns = try store.readTurns(
            of: ExecutionNumber(7),
            ordinals: Ordinal(1)...Ordinal(9),
            byteLimit: .max
        )
        var scanned = 0
        _ = try store.scan(from: nil) { _ in
            scanned += 1
            return .proceed
        }
        return turns.count == 1 && scanned >= 50 ? nil : "\(turns.count) turns, \(scanned) scanned"
    }

    @Test("When the file cannot be opened again the store takes nothing more and says why")
    func cannotBeOpened() throws {
        let hidden = directory.path + "/hidden"
        var workload = Workload(seed: 23)
        do {
            let store = try open()
            _ = try store.append(workload.batch(10))
            #expect(MetaPageFault.inject(into: shard))
            let file = Environment.dataFile(in: shard)
            try FileManager.default.moveItem(atPath: file, toPath: hidden)
            for _ in 0..<2 {
                let error = #expect(throws: StoreError.self) { try store.append(workload.batch()) }
                #expect(error?.code == .unusable)
                #expect(error?.message.contains("another file is in its place") == true)
            }
            #expect(throws: StoreError.self) { try store.scan(from: nil) { _ in .proceed } }
            #expect(try store.newest() != nil)
            try FileManager.default.moveItem(atPath: hidden, toPath: file)
        }
        #expect(try Fingerprint(of: open(), executions: 0...100).scanned == 10)
    }
}
