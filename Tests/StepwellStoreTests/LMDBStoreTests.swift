import Foundation
import StepwellEngine
import StepwellHistory
import StepwellStore
import Testing

@Suite("The event store on LMDB")
struct LMDBStoreTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open(_ options: StoreOptions = StoreOptions()) throws -> LMDBEventStore {
        try LMDBEventStore.open(directory: directory.path, options: options)
    }

    @Test("What is made can be read by its owner only")
    func modes() throws {
        let made = directory.path + "/data"
        let store = try LMDBEventStore.open(directory: made)
        let files = ["", "/shard-0", "/LOCK", "/shard-0/data.mdb", "/shard-0/lock.mdb"]
        for file in files {
            let found = try FileManager.default.attributesOfItem(atPath: made + file)
            let mode = try #require((found[.posixPermissions] as? NSNumber)?.uint16Value)
            #expect(mode & 0o077 == 0, "\(file) has mode \(String(mode, radix: 8))")
        }
        withExtendedLifetime(store) {}
    }

    @Test("Everything is rebuilt from the journal")
    func recovery() throws {
        var workload = Workload(seed: 1)
        let before: Fingerprint
        let identity: StoreIdentity
        do {
            let store = try open()
            for _ in 0..<150 { _ = try store.append(workload.batch(20)) }
            before = try Fingerprint(of: store, executions: 0...workload.started)
            identity = store.identity
        }
        let store = try open()
        #expect(store.identity == identity)
        #expect(try Fingerprint(of: store, executions: 0...workload.started) == before)
        _ = try store.append(workload.batch(20))
        #expect(
            try Fingerprint(of: store, executions: 0...workload.started).scanned > before.scanned
        )
    }

    @Test(
        "A commit that fails leaves nothing, and the next ones succeed",
        arguments: [CommitFaults.Fault.full, .failed, .unknownAndLost]
    )
    func failingCommit(_ fault: CommitFaults.Fault) throws {
        var options = StoreOptions()
        let faults = CommitFaults()
        options.faults = faults
        let store = try open(options)
        var workload = Workload(seed: 2)
        for _ in 0..<5 { _ = try store.append(workload.batch()) }
        let before = try Fingerprint(of: store, executions: 0...100)
        let batch = workload.batch(20)
        faults.inject(fault)
        let error = #expect(throws: StoreError.self) { try store.append(batch) }
        let codes: [CommitFaults.Fault: StoreError.Code] = [
            .full: .full, .failed: .failed, .unknownAndLost: .unknown,
        ]
        #expect(error?.code == codes[fault])
        #expect(try Fingerprint(of: store, executions: 0...100) == before)
        _ = try store.append(batch)
        let after = try Fingerprint(of: store, executions: 0...100)
        #expect(after.scanned == before.scanned + 20)
    }

    @Test("An empty batch is committed, so that it shows whether commits succeed")
    func proof() throws {
        var options = StoreOptions()
        let faults = CommitFaults()
        options.faults = faults
        let store = try open(options)
        var workload = Workload(seed: 4)
        _ = try store.append(workload.batch(20))
        faults.inject(.failed)
        #expect(throws: StoreError.self) { try store.append(AppendBatch()) }
        _ = try store.append(AppendBatch())
        _ = try store.append(workload.batch(20))
        #expect(try Fingerprint(of: store, executions: 0...100).scanned == 40)
    }

    @Test("A batch whose outcome was unknown, and which is there, is seen and not written twice")
    func unknownButDurable() throws {
        var options = StoreOptions()
        let faults = CommitFaults()
        options.faults = faults
        let store = try open(options)
        var workload = Workload(seed: 3)
        _ = try store.append(workload.batch(20))
        let batch = workload.batch(20)
        faults.inject(.unknownButDurable)
        let error = #expect(throws: StoreError.self) { try store.append(batch) }
        #expect(error?.code == .unknown)
        #expect(try Fingerprint(of: store, executions: 0...100).scanned == 40)
        _ = try store.append(batch)
        #expect(try Fingerprint(of: store, executions: 0...100).scanned == 40)
    }

    @Test("A directory in use is refused, and free again when its owner is gone")
    func ownership() throws {
        do {
            let owner = try open()
            let error = #expect(throws: StoreError.self) { try open() }
            #expect(error?.code == .inUse)
            #expect(error?.message.contains("process \(getpid())") == true)
            #expect(owner.identity.shard == 0)
        }
        _ = try open()
    }

    @Test("Deleting the lock files lets no second writer in")
    func deletedLocks() async throws {
        let owner = try open()
        for file in ["LOCK", "shard-0/lock.mdb"] {
            try FileManager.default.removeItem(atPath: directory.path + "/" + file)
        }
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            let error = #expect(throws: StoreError.self) {
                try LMDBEventStore.open(directory: path)
            }
            precondition(error?.code == .inUse)
            precondition(error?.message.contains("was that deleted?") == true)
        }
        _ = try owner.append(AppendBatch())
    }

    @Test("Where no data directory can be, or none is, the refusal says so")
    func badPaths() throws {
        for path in ["/proc/nonsense/data", directory.path + "/a/b"] {
            let error = #expect(throws: StoreError.self) {
                try LMDBEventStore.open(directory: path)
            }
            #expect(error?.code == .unusable)
            #expect(error?.message.contains(path) == true)
        }
        let file = directory.path + "/file"
        try Data("text".utf8).write(to: URL(filePath: file))
        let error = #expect(throws: StoreError.self) { try LMDBEventStore.open(directory: file) }
        #expect(error?.code == .unusable)
        let readOnly = #expect(throws: StoreError.self) { try open(.readOnly) }
        #expect(readOnly?.code == .unusable)
    }

    @Test("The number of shards is fixed")
    func shardCount() throws {
        _ = try open()
        var options = StoreOptions()
        options.shardCount = 4
        let error = #expect(throws: StoreError.self) { try open(options) }
        #expect(error?.code == .unusable)
    }

    @Test("Below the reserve starts are refused and running executions go on")
    func quota() throws {
        var options = StoreOptions()
        options.quotaBytes = 4 << 20
        options.reserveBytes = 2 << 20
        let store = try open(options)
        var factory = TurnFactory()
        var number: UInt64 = 0
        var refusal: StoreError?
        while refusal == nil, number < 1000 {
            number += 1
            let start = factory.start(number, inputSize: 20_000)
            refusal = try store.append(AppendBatch(turns: [start])).refusal
        }
        #expect(refusal?.code == .full)
        #expect(number > 10)
        #expect(!store.hasRoomForStarts)
        _ = try store.append(AppendBatch(turns: [factory.end(1)]))
        #expect(try store.head(of: ExecutionNumber(1))?.stopDate != nil)
        let other = factory.start(number + 1)
        let mixed = [factory.turn(of: 2), other, factory.turn(of: number + 1), factory.end(3)]
        let outcome = try store.append(AppendBatch(turns: mixed))
        #expect(outcome.refused.map(\.execution.rawValue) == [number + 1, number + 1])
        #expect(try store.head(of: ExecutionNumber(number + 1)) == nil)
        #expect(try store.head(of: ExecutionNumber(2)) == mixed[0].head)
        #expect(try store.head(of: ExecutionNumber(3)) == mixed[3].head)
    }

    @Test("What is kept for running executions is not taken by checkpoints")
    func reserve() throws {
        var options = StoreOptions()
        options.quotaBytes = 4 << 20
        options.reserveBytes = 2 << 20
        options.checkpointBytes = 1
        let store = try open(options)
        var factory = TurnFactory()
        var number: UInt64 = 0
        var refusal: StoreError?
        while refusal == nil, number < 1000 {
            number += 1
            let start = factory.start(number, inputSize: 20_000)
            refusal = try store.append(AppendBatch(turns: [start])).refusal
        }
        let before = store.statistics
        for _ in 0..<100 { _ = try store.maintain() }
        #expect(store.statistics.transaction == before.transaction)
        #expect(store.statistics.runs == before.runs)
        _ = try store.append(AppendBatch(turns: [factory.end(1)]))
    }

    @Test("Another process reads beside the owner, and sees what is committed later")
    func otherReader() async throws {
        let store = try open()
        var workload = Workload(seed: 4)
        for _ in 0..<20 { _ = try store.append(workload.batch(20)) }
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            let store = try LMDBEventStore.open(directory: path, options: .readOnly)
            let seen = try Fingerprint(of: store, executions: 0...1000)
            var workload = Workload(seed: 4)
            for _ in 0..<20 { _ = workload.batch(20) }
            precondition(seen.scanned == 400 && !seen.listing.isEmpty)
            precondition((try? store.append(workload.batch())) == nil)
        }
        let fingerprint = try Fingerprint(of: store, executions: 0...workload.started)
        #expect(fingerprint.scanned == 400)
    }

    @Test(
        "Killed inside a commit, the store has the batch whole or not at all",
        arguments: ["beforePut", "afterPut", "beforeCommit", "afterCommit"]
    )
    func crashPoints(_ point: String) async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = directory.path as String, point = point as String] in
            setenv("STEPWELL_CRASH_POINT", "\(point):7", 1)
            let store = try LMDBEventStore.open(directory: path)
            var workload = Workload(seed: 5)
            for _ in 0..<20 { _ = try store.append(workload.batch(10)) }
        }
        let store = try open()
        let whole = point == "afterCommit" ? 7 : 6
        let seen = try Fingerprint(of: store, executions: 0...200)
        #expect(seen.scanned == whole * 10)
        var workload = Workload(seed: 5)
        for index in 0..<20 {
            let batch = workload.batch(10)
            if index >= whole { _ = try store.append(batch) }
        }
        #expect(try Fingerprint(of: store, executions: 0...200).scanned == 200)
    }

    @Test("A disk that is full fails the commit, and the store goes on when there is room")
    func diskFull() async throws {
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            let store = try LMDBEventStore.open(directory: path)
            var workload = Workload(seed: 6)
            for _ in 0..<10 { _ = try store.append(workload.batch(20)) }
            var limit = rlimit(rlim_cur: 1 << 19, rlim_max: .max)
            signal(SIGXFSZ, SIG_IGN)
            setrlimit(__rlimit_resource_t(1), &limit)
            var refused: AppendBatch?
            var appended = 10
            while refused == nil {
                let batch = workload.batch(20)
                do throws(StoreError) {
                    _ = try store.append(batch)
                    appended += 1
                } catch {
                    precondition(error.code == .full, "\(error)")
                    refused = batch
                }
            }
            let before = try Fingerprint(of: store, executions: 0...1000)
            precondition(before.scanned == appended * 20)
            limit.rlim_cur = .max
            setrlimit(__rlimit_resource_t(1), &limit)
            if let refused { _ = try store.append(refused) }
            let after = try Fingerprint(of: store, executions: 0...1000)
            precondition(after.scanned == before.scanned + 20)
        }
        let store = try open()
        #expect(try Fingerprint(of: store, executions: 0...1000).scanned > 200)
    }
}
