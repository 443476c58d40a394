import Foundation
import StepwellEngine
import StepwellHistory
import StepwellStore
import StepwellTesting
import Testing

/// What was dropped is gone from every answer and stays gone; nothing else changes.
@Suite("Dropped executions")
struct DropTests {
    private let all = Ordinal(1)...Ordinal(.max)

    @Test("They are in no answer, and their names are free", arguments: StoreUnderTest.all)
    func gone(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        let first = ExecutionNumber(1)
        try store.append(AppendBatch(turns: [factory.start(1), factory.start(2)]))
        let snapshot = StoredSnapshot(execution: first, ordinal: Ordinal(2), bytes: [1, 2])
        try store.append(AppendBatch(turns: [factory.end(1)], snapshots: [snapshot]))
        let end = try store.end()
        #expect(try store.drop([first]) >= end)
        #expect(try store.head(of: first) == nil)
        #expect(try store.readTurns(of: first, ordinals: all, byteLimit: .max).isEmpty)
        #expect(try store.snapshot(of: first) == nil)
        #expect(try store.head(named: "order-1", in: TurnFactory.machine) == nil)
        #expect(try store.listed(nil).map(\.execution.rawValue) == [2])
        #expect(try store.listed(.succeeded).isEmpty)
        #expect(try store.openExecutions() == 1)
        var again = factory.start(3, name: "order-1")
        again.claim = NameClaim(freeBefore: Timestamp(milliseconds: 0))
        #expect(try store.append(AppendBatch(turns: [again])).refused.isEmpty)
        #expect(
            try store.head(named: "order-1", in: TurnFactory.machine)?.execution.rawValue == 3
        )
        // Asked for again, and with what never was.
        _ = try store.drop([first, first, ExecutionNumber(77)])
        #expect(try store.listed(nil).map(\.execution.rawValue) == [3, 2])
        withExtendedLifetime(keeping) {}
    }

    @Test("Of a name that several had the newest that is left is found", arguments: [1, 2, 3])
    func names(_ dropped: UInt64) throws {
        for kind in StoreUnderTest.all {
            let (store, keeping) = try kind.make()
            var factory = TurnFactory()
            for number in 1...3 as ClosedRange<UInt64> {
                try store.append(AppendBatch(turns: [factory.start(number, name: "same")]))
                try store.append(AppendBatch(turns: [factory.end(number)]))
            }
            _ = try store.drop([ExecutionNumber(dropped)])
            let head = try store.head(named: "same", in: TurnFactory.machine)
            #expect(head?.execution.rawValue == (dropped == 3 ? 2 : 3), "\(kind.name)")
            withExtendedLifetime(keeping) {}
        }
    }

    @Test("The highest number stays the highest", arguments: StoreUnderTest.all)
    func numbers(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        try store.append(AppendBatch(turns: [factory.start(1), factory.start(2)]))
        try store.append(AppendBatch(turns: [factory.end(1), factory.end(2)]))
        _ = try store.drop([ExecutionNumber(2)])
        #expect(try store.newest() == ExecutionNumber(2))
        withExtendedLifetime(keeping) {}
    }

    @Test("What has work left is not dropped, nor what is named beside it", arguments: [0, 1, 2])
    func working(_ which: Int) throws {
        for kind in StoreUnderTest.all {
            let (store, keeping) = try kind.make()
            var factory = TurnFactory()
            let owing = TurnSummary(
                status: .aborted,
                nextDue: nil,
                pendingTasks: 1,
                isRunnable: false
            )
            try store.append(
                AppendBatch(turns: [factory.start(1), factory.start(2), factory.start(3)])
            )
            try store.append(
                AppendBatch(turns: [
                    factory.end(1), factory.turn(of: 3, summary: owing), factory.catalog([1]),
                ])
            )
            let refused: [ExecutionNumber] = [ExecutionNumber(2), ExecutionNumber(3), .catalog]
            let error = #expect(throws: StoreError.self) {
                try store.drop([ExecutionNumber(1), refused[which]])
            }
            #expect(error?.code == .contradiction)
            #expect(try store.listed(nil).count == 3, "\(kind.name)")
            withExtendedLifetime(keeping) {}
        }
    }

    @Test("Only the newest fence drops", arguments: StoreUnderTest.all)
    func fences(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        try store.append(AppendBatch(turns: [factory.start(1), factory.end(1)]))
        let old = try store.acquire()
        _ = try store.acquire()
        let error = #expect(throws: StoreError.self) {
            try store.drop([ExecutionNumber(1)], fence: old)
        }
        #expect(error?.code == .fenced)
        #expect(try store.head(of: ExecutionNumber(1)) != nil)
        withExtendedLifetime(keeping) {}
    }

    @Test(
        "Through checkpoints, merges and restarts a store answers as one in memory",
        arguments: [UInt64(1), 2, 3, 4]
    )
    func model(_ seed: UInt64) throws {
        let directory = try TemporaryDirectory()
        var options = StoreOptions()
        options.checkpointBytes = seed.isMultiple(of: 2) ? 8_000 : 30_000
        options.isRelaxed = true
        options.worksInBackground = false
        let model = SimulatedStore()
        var workload = Workload(seed: seed)
        var random = SeededGenerator(seed: seed)
        let executions: ClosedRange<UInt64> = 0...200
        for life in 0..<6 {
            options.ignoresCheckpoints = life == 3
            let store = try LMDBEventStore.open(directory: directory.path, options: options)
            let before = try Fingerprint(of: model, executions: executions)
            #expect(try Fingerprint(of: store, executions: executions) == before)
            for _ in 0..<14 {
                let batch = workload.batch(8)
                try store.append(batch)
                try model.append(batch)
                if random.below(3) == 0 {
                    let dropped = workload.drop(random.below(12))
                    _ = try store.drop(dropped)
                    _ = try model.drop(dropped)
                }
                if random.below(2) == 0 { try store.writeDown() }
            }
            let after = try Fingerprint(of: model, executions: executions)
            #expect(try Fingerprint(of: store, executions: executions) == after)
            #expect(store.statistics.runs > 0 || life < 5)
        }
        // Its files are whole, and hold as many executions as it answers for.
        let found = try StoreVerification.verify(directory: directory.path)
        #expect(found.executions == (try model.listed(nil).count))
    }

    @Test("A drop whose outcome is unknown is there or not, and can be asked for again")
    func unknown() throws {
        for (code, isKept) in [(StoreError.Code.unknown, true), (.unknown, false), (.full, false)] {
            let store = SimulatedStore()
            var factory = TurnFactory()
            try store.append(AppendBatch(turns: [factory.start(1), factory.end(1)]))
            store.failAppend(1, with: code, keeping: isKept)
            #expect(throws: StoreError.self) { try store.drop([ExecutionNumber(1)]) }
            #expect((try store.head(of: ExecutionNumber(1)) == nil) == isKept)
            _ = try store.drop([ExecutionNumber(1)])
            #expect(try store.head(of: ExecutionNumber(1)) == nil)
        }
    }

    @Test("What was merged away takes no room in the runs")
    func space() throws {
        let directory = try TemporaryDirectory()
        var options = StoreOptions()
        options.checkpointBytes = 1
        options.isRelaxed = true
        options.worksInBackground = false
        let store = try LMDBEventStore.open(directory: directory.path, options: options)
        var factory = TurnFactory()
        for first in stride(from: UInt64(1), through: 4_000, by: 100) {
            let numbers = first..<first + 100
            try store.append(AppendBatch(turns: numbers.map { factory.start($0) }))
            try store.append(AppendBatch(turns: numbers.map { factory.end($0) }))
            _ = try store.drop(numbers.map(ExecutionNumber.init))
            try store.writeDown()
        }
        #expect(try store.listed(nil).isEmpty)
        #expect(store.statistics.goneRows < 4_000, "of 16,000 rows, most are merged away")
    }
}
