import Foundation
import StepwellEngine
import StepwellHistory
import StepwellStore
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
    private static let executions: ClosedRange<UInt64> = 0...900

    private func options(_ checkpointBytes: UInt64 = 40_000) -> StoreOptions {
        var options = StoreOptions()
        options.checkpointBytes = checkpointBytes
        options.isRelaxed = true
        return options
    }

    private func open(
        _ directory: TemporaryDirectory,
        _ options: StoreOptions
    ) throws -> LMDBEventStore {
        try LMDBEventStore.open(directory: directory.path, options: options)
    }

    @Test("Many executions are written down however few bytes they have")
    func entries() throws {
        let directory = try TemporaryDirectory()
        var options = options(.max)
        options.checkpointEntries = 100
        let store = try open(directory, options)
        var turns = TurnFactory()
        _ = try store.append(AppendBatch(turns: (1...99).map { turns.start($0) }))
        try store.writeDown()
        #expect(store.statistics.runs == 0)
        #expect(store.statistics.executionsInMemory == 99)
        _ = try store.append(AppendBatch(turns: [turns.start(100)]))
        try store.writeDown()
        #expect(store.statistics.runs == 1)
        #expect(store.statistics.executionsInMemory == 0)
    }

    @Test("A redriven execution is found under what it is now", arguments: [false, true])
    func redriven(isWrittenDown: Bool) throws {
        let directory = try TemporaryDirectory()
        var turns = TurnFactory()
        func listed(_ status: ExecutionStatus) throws -> [UInt64] {
            try open(directory, options(1)).listed(status).map(\.execution.rawValue)
        }
        func append(_ turn: EncodedTurn) throws {
            let store = try open(directory, options(1))
            _ = try store.append(AppendBatch(turns: [turn]))
            if isWrittenDown { try store.writeDown() }
        }
        try append(turns.start(1))
        try append(turns.start(2))
        try append(turns.end(1, .failed, at: 1_700_000_002_000))
        #expect(try listed(.failed) == [1])
        let waiting = TurnSummary(
            status: .running,
            nextDue: Timestamp(milliseconds: 1_700_000_009_000),
            pendingTasks: 1,
            isRunnable: false
        )
        try append(
            turns.turn(of: 1, .redrive(clientToken: "t"), at: 1_700_000_003_000, summary: waiting)
        )
        #expect(try listed(.failed) == [])
        #expect(try listed(.running) == [2, 1])
        do {
            let store = try open(directory, options(1))
            let head = try #require(try store.head(of: ExecutionNumber(1)))
            #expect(head == turns.heads[ExecutionNumber(1)])
            #expect(head.redriveCount == 1)
            #expect(head.redriveDate == Timestamp(milliseconds: 1_700_000_003_000))
            #expect(try store.dueRows().map(\.execution.rawValue) == [1])
            #expect(try store.unsettledNumbers().map(\.rawValue) == [1])
        }
        try append(turns.end(1, .failed, at: 1_700_000_004_000))
        #expect(try listed(.failed) == [1])
        #expect(try listed(.running) == [2])
        let head = try #require(
            try open(directory, options(1)).head(of: ExecutionNumber(1))
        )
        #expect(head == turns.heads[ExecutionNumber(1)])
        #expect(head.stopDate == Timestamp(milliseconds: 1_700_000_004_000))
    }

    @Test("Runs answer as the journal does, and recovery starts behind them")
    func rebuild() throws {
        let directory = try TemporaryDirectory()
        var workload = Workload(seed: 11)
        let before: Fingerprint
        do {
            let plain = try TemporaryDirectory()
            let store = try open(directory, options())
            let memory = try open(plain, options(.max))
            for _ in 0..<120 {
                let batch = workload.batch(25)
                _ = try store.append(batch)
                _ = try memory.append(batch)
                try store.writeDown()
            }
            before = try Fingerprint(of: store, executions: Self.executions)
            #expect(try Fingerprint(of: memory, executions: Self.executions) == before)
            #expect(store.statistics.runs > 1)
            #expect(store.statistics.mergedRuns > 0)
            #expect(store.statistics.executionsInMemory < Int(workload.started) / 2)
        }
        do {
            let store = try open(directory, options())
            #expect(store.statistics.recoveredBatches < 40)
            #expect(try Fingerprint(of: store, executions: Self.executions) == before)
            for _ in 0..<30 {
                _ = try store.append(workload.batch(25))
                try store.writeDown()
            }
        }
        let after = try Fingerprint(
            of: open(directory, options()),
            executions: Self.executions
        )
        var fromJournal = options()
        fromJournal.ignoresCheckpoints = true
        let rebuilt = try open(directory, fromJournal)
        #expect(rebuilt.statistics.runs == 0)
        #expect(try Fingerprint(of: rebuilt, executions: Self.executions) == after)
    }

    @Test("Commits go on between the steps of a checkpoint")
    func interleaved() throws {
        let directory = try TemporaryDirectory()
        let plain = try TemporaryDirectory()
        let store = try open(directory, options(15_000))
        let memory = try open(plain, options(.max))
        var workload = Workload(seed: 12)
        for _ in 0..<200 {
            let batch = workload.batch(6)
            _ = try store.append(batch)
            _ = try memory.append(batch)
            _ = try store.maintain()
        }
        #expect(
            try Fingerprint(of: store, executions: Self.executions)
                == Fingerprint(of: memory, executions: Self.executions)
        )
    }

    @Test(
        "Killed inside a checkpoint, the store answers as before",
        arguments: ["beforeCheckpoint", "afterCheckpoint"],
        [1, 2, 3, 5, 8, 13]
    )
    func crash(_ point: String, _ count: Int) async throws {
        let directory = try TemporaryDirectory()
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = directory.path as String, point = point as String, count = count as Int] in
            setenv("STEPWELL_CRASH_POINT", "\(point):\(count)", 1)
            var options = StoreOptions()
            options.checkpointBytes = 20_000
            let store = try LMDBEventStore.open(directory: path, options: options)
            var workload = Workload(seed: 13)
            while true {
                _ = try store.append(workload.batch(10))
                try store.writeDown()
            }
        }
        let store = try open(directory, options(20_000))
        let found = try Fingerprint(of: store, executions: Self.executions)
        let plain = try TemporaryDirectory()
        let memory = try open(plain, options(.max))
        var workload = Workload(seed: 13)
        for _ in 0..<(found.scanned / 10) { _ = try memory.append(workload.batch(10)) }
        #expect(try Fingerprint(of: memory, executions: Self.executions) == found)
        for _ in 0..<20 {
            _ = try store.append(workload.batch(10))
            try store.writeDown()
        }
    }
}
