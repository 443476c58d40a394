import Foundation
import StepwellEngine
import StepwellHistory
import StepwellLMDB
import Testing

@testable import StepwellStore

/// What answering questions takes, counted, and that readers and commits do not wait for each
/// other.
@Suite("The index")
struct IndexTests {
    private func open(
        _ directory: TemporaryDirectory,
        checkpointBytes: UInt64 = 100_000
    ) throws -> LMDBEventStore {
        var options = StoreOptions()
        options.checkpointBytes = checkpointBytes
        options.isRelaxed = true
        options.worksInBackground = false
        return try LMDBEventStore.open(directory: directory.path, options: options)
    }

    /// Starts so many sleepers, due one after another, writing down meanwhile.
    private func sleep(
        _ count: UInt64,
        in store: LMDBEventStore,
        _ factory: inout TurnFactory
    ) throws {
        for first in stride(from: 1, through: count, by: 100) {
            let turns = (first..<first + 100).map { number in
                factory.start(number, summary: .running(due: Int64(1_000_000 + number)))
            }
            try store.append(AppendBatch(turns: turns))
            try store.writeDown()
        }
    }

    private func end(
        _ numbers: ClosedRange<UInt64>,
        in store: LMDBEventStore,
        _ factory: inout TurnFactory,
        isWrittenDown: Bool
    ) throws {
        for first in stride(from: numbers.lowerBound, through: numbers.upperBound, by: 100) {
            let last = min(first + 99, numbers.upperBound)
            try store.append(AppendBatch(turns: (first...last).map { factory.end($0) }))
            if isWrittenDown { try store.writeDown() }
        }
    }

    @Test("Timers are read in pages that cost their rows, and no entry is decoded")
    func duePages() throws {
        let directory = try TemporaryDirectory()
        let store = try open(directory)
        var factory = TurnFactory()
        try sleep(4_000, in: store, &factory)
        #expect(store.statistics.runs > 1)
        let before = store.statistics
        var found: [UInt64] = []
        var cursor: QueryCursor?
        var pages: UInt64 = 0
        repeat {
            let page = try store.due(after: cursor, looks: 512)
            found += page.rows.map(\.execution.rawValue)
            cursor = page.next
            pages += 1
        } while cursor != nil
        #expect(found == Array(1...4_000))
        let after = store.statistics
        #expect(pages == 8)
        #expect(after.looks - before.looks == 4_000)
        #expect(after.entriesDecoded == before.entriesDecoded)
        // The due rows of 4,000 executions are few blocks, and each is read once.
        #expect(after.blocksRead - before.blocksRead < 60)
        _ = try store.due(after: nil, looks: 512)
        #expect(store.statistics.blocksRead == after.blocksRead, "they are kept")
    }

    @Test(
        "What is over costs neither timers nor listings an entry, and soon nothing",
        arguments: [false, true]
    )
    func churn(isWrittenDown: Bool) throws {
        let directory = try TemporaryDirectory()
        let store = try open(directory)
        var factory = TurnFactory()
        try sleep(3_000, in: store, &factory)
        try end(1...2_990, in: store, &factory, isWrittenDown: isWrittenDown)
        let left = Array(UInt64(2_991)...3_000)
        let before = store.statistics
        #expect(try store.dueRows().map(\.execution.rawValue) == left)
        #expect(store.statistics.entriesDecoded == before.entriesDecoded)
        let query = ListingQuery(stateMachineARN: TurnFactory.machine, status: .running)
        var running: [UInt64] = []
        var cursor: QueryCursor?
        repeat {
            let start = store.statistics
            let page = try store.listing(query, after: cursor, looks: 200)
            running += page.rows.map(\.execution.rawValue)
            #expect(store.statistics.looks - start.looks <= 200)
            let decoded = store.statistics.entriesDecoded - start.entriesDecoded
            #expect(decoded <= UInt64(page.rows.count))
            cursor = page.next
        } while cursor != nil
        #expect(running == left.reversed())
        #expect(try store.openExecutions() == 10)
        guard isWrittenDown else { return }
        // What is gone is merged away before it is much of the whole: two rows for each that ended.
        #expect(store.statistics.goneRows < 5_990)
        let merged = store.statistics
        _ = try store.dueRows()
        #expect(store.statistics.looks - merged.looks < 2_400)
    }

    @Test("A page goes on where it ended, whatever is committed meanwhile")
    func changingPages() throws {
        let directory = try TemporaryDirectory()
        let store = try open(directory)
        var factory = TurnFactory()
        try sleep(1_000, in: store, &factory)
        var found: [UInt64] = []
        var cursor: QueryCursor?
        var next: UInt64 = 1_001
        repeat {
            let page = try store.due(after: cursor, looks: 100)
            found += page.rows.map(\.execution.rawValue)
            cursor = page.next
            // The rows that were given are over at once, and others come that are due later.
            var turns = page.rows.map { factory.end($0.execution.rawValue) }
            if cursor != nil {
                turns.append(factory.start(next, summary: .running(due: Int64(1_000_000 + next))))
                next += 1
            }
            try store.append(AppendBatch(turns: turns))
            try store.writeDown()
        } while cursor != nil
        #expect(found == Array(1..<next))
        #expect(try store.dueRows().isEmpty)
        #expect(try store.openExecutions() == 0)
    }

    @Test("Readers see commits whole, and neither waits for the other")
    func beside() async throws {
        let directory = try TemporaryDirectory()
        var options = StoreOptions()
        options.checkpointBytes = 50_000
        options.isRelaxed = true
        let store = try LMDBEventStore.open(directory: directory.path, options: options)
        let commits: UInt64 = 400
        await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    var last = 0
                    var cursor = try store.end()
                    while last < Int(commits) * 10 {
                        let open = try store.openExecutions()
                        #expect(open % 10 == 0 && open >= last)
                        let newest = try store.newest()?.rawValue ?? 0
                        #expect(newest % 10 == 0)
                        last = open
                        let page = try store.due(after: nil, looks: 1_000)
                        let numbers = page.rows.map(\.execution.rawValue)
                        #expect(numbers == Array(1..<UInt64(numbers.count + 1)))
                        let head = try store.head(
                            named: "order-\(max(1, newest))",
                            in: TurnFactory.machine
                        )
                        #expect(newest == 0 || head?.execution.rawValue == newest)
                        // What the log shows is known.
                        cursor = try store.scan(from: cursor) { turn in
                            #expect((try? store.head(of: turn.execution)) ?? nil != nil)
                            return .proceed
                        }
                        await Task.yield()
                    }
                }
            }
            group.addTask {
                var factory = TurnFactory()
                for commit in 0..<commits {
                    let turns = (commit * 10 + 1...commit * 10 + 10).map { number in
                        factory.start(number, summary: .running(due: Int64(number)))
                    }
                    try store.append(AppendBatch(turns: turns))
                    _ = try store.maintain()
                    await Task.yield()
                }
                try store.writeDown()
            }
        }
        #expect(store.statistics.mergedRuns > 0)
        let all = try store.dueRows()
        #expect(all.count == Int(commits) * 10)
    }

    @Test("What a reader has in hand stays readable, and goes when the reader does")
    func retired() throws {
        let directory = try TemporaryDirectory()
        let store = try open(directory, checkpointBytes: 20_000)
        var factory = TurnFactory()
        try sleep(500, in: store, &factory)
        let before = try store.dueRows()
        var held: Index? = store.index
        let runs = store.index.runs.map(\.identifier)
        try end(1...500, in: store, &factory, isWrittenDown: true)
        var next: UInt64 = 501
        while !Set(runs).isDisjoint(with: store.index.runs.map(\.identifier)), next < 5_000 {
            let starts = (next..<next + 100).map { factory.start($0) }
            try store.append(AppendBatch(turns: starts))
            try end(next...next + 99, in: store, &factory, isWrittenDown: true)
            next += 100
        }
        #expect(Set(runs).isDisjoint(with: store.index.runs.map(\.identifier)))
        #expect(try store.dueRows().isEmpty)
        if let held {
            // A cache of its own, so that it has to read the runs themselves.
            let source = RunSource(
                journal: store.journal,
                cache: BlockCache(byteLimit: 1),
                counters: ReadCounters()
            )
            let reader = IndexReader(index: held, source: source)
            #expect(try reader.due(after: nil, looks: 1_000).rows == before)
            #expect(try reader.entry(ExecutionNumber(7))?.head.summary.status == .running)
        }
        #expect(try Set(runs).isSubset(of: store.abandonedRuns()))
        held = nil
        try store.writeDown()
        #expect(try store.abandonedRuns().isEmpty)
    }

    @Test("Small commits do not make readers look through many parts")
    func chunks() throws {
        let directory = try TemporaryDirectory()
        let store = try open(directory, checkpointBytes: .max)
        var factory = TurnFactory()
        try store.append(AppendBatch(turns: (1...50).map { factory.start($0) }))
        for round in 0..<2_000 {
            try store.append(AppendBatch(turns: [factory.turn(of: UInt64(round % 50 + 1))]))
            #expect(store.statistics.chunks < 40)
        }
        #expect(store.statistics.executionsInMemory < 2_000)
        #expect(try store.listed(.running).count == 50)
    }

    @Test("A name that was written down is judged by what its execution has become since")
    func writtenName() throws {
        let directory = try TemporaryDirectory()
        let store = try open(directory, checkpointBytes: 1)
        var factory = TurnFactory()
        func start(_ number: UInt64, freeBefore time: Int64) -> EncodedTurn {
            var turn = factory.start(number, name: "same")
            turn.claim = NameClaim(freeBefore: Timestamp(milliseconds: time))
            return turn
        }
        try store.append(AppendBatch(turns: [factory.start(1, name: "same")]))
        try store.writeDown()
        #expect(store.statistics.executionsInMemory == 0)
        let early = try store.append(AppendBatch(turns: [start(2, freeBefore: 9_000)]))
        #expect(early.refused.count == 1)
        // Its end is in memory alone.
        try store.append(AppendBatch(turns: [factory.end(1, at: 5_000)]))
        #expect(store.statistics.executionsInMemory == 1)
        let barred = try store.append(AppendBatch(turns: [start(3, freeBefore: 4_999)]))
        #expect(barred.refused.count == 1)
        let free = try store.append(AppendBatch(turns: [start(4, freeBefore: 5_000)]))
        #expect(free.refused.isEmpty)
    }

    @Test("A damaged block costs the start whose name would be in it, and no other")
    func damagedNames() throws {
        let directory = try TemporaryDirectory()
        var factory = TurnFactory()
        do {
            let store = try open(directory, checkpointBytes: 1)
            try sleep(400, in: store, &factory)
        }
        let store = try open(directory, checkpointBytes: .max)
        try store.journal.environment.write { transaction throws(LMDBError) in
            for run in store.index.runs {
                for block in run.fences.indices {
                    let key = SortedRun.key(run: run.identifier, block: UInt32(block))
                    try transaction.put(key, [1, 2, 3], in: store.journal.derived)
                }
            }
        }
        func claimed(_ turn: EncodedTurn) -> EncodedTurn {
            var turn = turn
            turn.claim = NameClaim(freeBefore: Timestamp(milliseconds: 0))
            return turn
        }
        let known = claimed(factory.start(500, name: "order-7"))
        let fresh = claimed(factory.start(501, name: "fresh"))
        let outcome = try store.append(
            AppendBatch(turns: [known, fresh, factory.turn(of: 500), factory.turn(of: 501)])
        )
        #expect(outcome.refused.map(\.execution.rawValue) == [500, 500])
        guard case .unreadable(let error)? = outcome.refused.first?.reason else {
            Issue.record("it was refused for another reason")
            return
        }
        #expect(error.code == .damaged)
        #expect(try store.head(of: ExecutionNumber(501))?.lastOrdinal == Ordinal(4))
    }

    @Test("Below the reserve nothing is written down; above it again it is")
    func reserve() throws {
        let directory = try TemporaryDirectory()
        var options = StoreOptions()
        options.checkpointBytes = 10_000
        options.isRelaxed = true
        options.quotaBytes = 4 << 20
        options.reserveBytes = 4 << 20
        var factory = TurnFactory()
        do {
            let store = try LMDBEventStore.open(directory: directory.path, options: StoreOptions())
            for number in 1...200 as ClosedRange<UInt64> {
                try store.append(AppendBatch(turns: [factory.start(number)]))
            }
        }
        do {
            let store = try LMDBEventStore.open(directory: directory.path, options: options)
            try store.append(AppendBatch(turns: [factory.turn(of: 1)]))
            try store.writeDown()
            #expect(store.statistics.runs == 0)
        }
        options.reserveBytes = 0
        let store = try LMDBEventStore.open(directory: directory.path, options: options)
        try store.writeDown()
        #expect(store.statistics.runs == 1)
        #expect(try store.listed(nil).count == 200)
    }
}
