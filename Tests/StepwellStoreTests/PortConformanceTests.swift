import StepwellEngine
import StepwellHistory
import Testing

/// What every implementation of the EventStore port has to do.
@Suite("The EventStore port")
struct PortConformanceTests {
    private let all = Ordinal(1)...Ordinal(.max)

    @Test("What was appended is read back, in order, with heads", arguments: StoreUnderTest.all)
    func roundTrip(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        let turns = [
            factory.start(1), factory.start(2), factory.turn(of: 1), factory.end(2),
            factory.turn(of: 1),
        ]
        let first = try store.append(AppendBatch(turns: Array(turns[..<3])))
        let second = try store.append(AppendBatch(turns: Array(turns[3...])))
        #expect(first < second)
        let one = try store.readTurns(of: ExecutionNumber(1), ordinals: all, byteLimit: .max)
        #expect(one.map(\.bytes) == [turns[0], turns[2], turns[4]].map(\.bytes))
        #expect(one.map(\.firstOrdinal) == [Ordinal(1), Ordinal(3), Ordinal(5)])
        let two = try store.heads(.execution(ExecutionNumber(2)))
        #expect(two == [turns[3].head])
        #expect(try store.heads(.execution(ExecutionNumber(3))).isEmpty)
        #expect(try store.heads(.newest).map(\.execution) == [ExecutionNumber(2)])
        var scanned: [[UInt8]] = []
        let end = try store.scan(from: nil) { turn in
            scanned.append(turn.bytes)
            return .proceed
        }
        #expect(scanned == turns.map(\.bytes))
        #expect(end == second)
        var tail = 0
        _ = try store.scan(from: first) { _ in
            tail += 1
            return .proceed
        }
        #expect(tail == 2)
        withExtendedLifetime(keeping) {}
    }

    @Test(
        "A range of ordinals is answered by the turns that meet it",
        arguments: StoreUnderTest.all
    )
    func ranges(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        var turns = [factory.start(1)]
        for _ in 1..<200 { turns.append(factory.turn(of: 1)) }
        for turn in turns { _ = try store.append(AppendBatch(turns: [turn])) }
        for (low, high, expected) in [
            (1, 1, 0..<1), (2, 3, 0..<2), (129, 129, 64..<65), (128, 131, 63..<66),
            (1, 400, 0..<200), (399, 500, 199..<200), (401, 500, 0..<0),
        ] {
            let read = try store.readTurns(
                of: ExecutionNumber(1),
                ordinals: Ordinal(UInt64(low))...Ordinal(UInt64(high)),
                byteLimit: .max
            )
            #expect(read.map(\.bytes) == turns[expected].map(\.bytes), "\(low)...\(high)")
        }
        let limited = try store.readTurns(
            of: ExecutionNumber(1),
            ordinals: all,
            byteLimit: turns[0].bytes.count + turns[1].bytes.count
        )
        #expect(limited.count == 2)
        let least = try store.readTurns(of: ExecutionNumber(1), ordinals: all, byteLimit: 1)
        #expect(least.count == 1)
        withExtendedLifetime(keeping) {}
    }

    @Test("Appending again changes nothing; a gap is refused", arguments: StoreUnderTest.all)
    func idempotence(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        let start = factory.start(1)
        let next = factory.turn(of: 1)
        let third = factory.turn(of: 1)
        _ = try store.append(AppendBatch(turns: [start, next]))
        _ = try store.append(AppendBatch(turns: [start, next]))
        #expect(
            try store.readTurns(of: ExecutionNumber(1), ordinals: all, byteLimit: .max).count == 2
        )
        #expect(try store.heads(.execution(ExecutionNumber(1))) == [next.head])
        let gap = factory.turn(of: 1)
        let refusal = #expect(throws: StoreError.self) {
            try store.append(AppendBatch(turns: [gap]))
        }
        #expect(refusal?.code == .contradiction)
        #expect(try store.heads(.execution(ExecutionNumber(1))) == [next.head])
        _ = try store.append(AppendBatch(turns: [third, gap]))
        #expect(try store.heads(.execution(ExecutionNumber(1))) == [gap.head])
        withExtendedLifetime(keeping) {}
    }

    @Test(
        "What contradicts the store is refused as that, and nothing of it is written",
        arguments: StoreUnderTest.all
    )
    func contradictions(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        let start = factory.start(1)
        let other = factory.start(2)
        let before = factory
        let next = factory.turn(of: 1)
        var fork = before
        let forked = fork.turn(of: 1, at: 1_800_000_000_000)
        let onFork = fork.turn(of: 1)
        var wrongHead = factory.turn(of: 1)
        _ = try store.append(AppendBatch(turns: [start, next]))
        wrongHead.head.lastOrdinal = wrongHead.head.lastOrdinal.advanced(by: 1)
        for turn in [forked, onFork, wrongHead] {
            let error = #expect(throws: StoreError.self) {
                try store.append(AppendBatch(turns: [other, turn]))
            }
            #expect(error?.code == .contradiction)
        }
        #expect(try store.heads(.execution(ExecutionNumber(2))).isEmpty)
        #expect(try store.heads(.execution(ExecutionNumber(1))) == [next.head])
        withExtendedLifetime(keeping) {}
    }

    @Test("Names lead to their newest execution, byte by byte", arguments: StoreUnderTest.all)
    func names(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        let composed = factory.start(1, name: "caf\u{E9}")
        let decomposed = factory.start(2, name: "cafe\u{301}")
        let old = factory.start(3, name: "again")
        let new = factory.start(4, name: "again")
        let other = factory.start(5, name: "again", machine: TurnFactory.machine + "2")
        _ = try store.append(AppendBatch(turns: [composed, decomposed, old, new, other]))
        func find(_ name: String, _ machine: String = TurnFactory.machine) throws -> [UInt64] {
            try store.heads(.name(stateMachineARN: machine, executionName: name))
                .map(\.execution.rawValue)
        }
        #expect(try find("caf\u{E9}") == [1])
        #expect(try find("cafe\u{301}") == [2])
        #expect(try find("again") == [4])
        #expect(try find("again", TurnFactory.machine + "2") == [5])
        #expect(try find("absent").isEmpty)
        withExtendedLifetime(keeping) {}
    }

    @Test("Listings are newest first, by status, in pages", arguments: StoreUnderTest.all)
    func listings(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        var turns = (1...9).map { factory.start($0, at: Int64(5000 - $0 / 3)) }
        turns += [3, 6].map { factory.end($0, .failed) }
        turns.append(factory.start(10, machine: "other"))
        turns.append(factory.catalog([1, 2, 3]))
        _ = try store.append(AppendBatch(turns: turns))
        func list(
            _ status: ExecutionStatus?,
            after: ListingPlace? = nil,
            limit: Int = 100
        ) throws -> [ExecutionHead] {
            try store.heads(
                .listing(
                    stateMachineARN: TurnFactory.machine,
                    status: status,
                    after: after,
                    limit: limit
                )
            )
        }
        let expected: [UInt64] = [2, 1, 5, 4, 3, 8, 7, 6, 9]
        #expect(try list(nil).map(\.execution.rawValue) == expected)
        #expect(try list(.failed).map(\.execution.rawValue) == [3, 6])
        #expect(try list(.succeeded).isEmpty)
        #expect(try list(.running).map(\.execution.rawValue) == [2, 1, 5, 4, 8, 7, 9])
        var paged: [UInt64] = []
        var place: ListingPlace?
        while true {
            let page = try list(nil, after: place, limit: 2)
            guard let last = page.last else { break }
            paged += page.map(\.execution.rawValue)
            place = ListingPlace(startDate: last.startDate, execution: last.execution)
        }
        #expect(paged == expected)
        withExtendedLifetime(keeping) {}
    }

    @Test(
        "Due and unsettled executions are found until they are not",
        arguments: StoreUnderTest.all
    )
    func dueAndUnsettled(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        let turns = [
            factory.start(1, summary: .running(due: 300)),
            factory.start(2, summary: .running(due: 100, tasks: 1)),
            factory.start(3, summary: .running(due: 200, runnable: true)),
            factory.start(4, summary: .running()),
        ]
        _ = try store.append(AppendBatch(turns: turns))
        func due(_ time: Int64, _ limit: Int = 10) throws -> [UInt64] {
            try store.heads(.due(upTo: Timestamp(milliseconds: time), limit: limit))
                .map(\.execution.rawValue)
        }
        func unsettled(_ after: UInt64? = nil, _ limit: Int = 10) throws -> [UInt64] {
            try store.heads(.unsettled(after: after.map(ExecutionNumber.init), limit: limit))
                .map(\.execution.rawValue)
        }
        #expect(try due(99).isEmpty)
        #expect(try due(100) == [2])
        #expect(try due(1000) == [2, 3, 1])
        #expect(try due(1000, 2) == [2, 3])
        #expect(try unsettled() == [2, 3])
        #expect(try unsettled(2) == [3])
        #expect(try unsettled(nil, 1) == [2])
        let later = factory.turn(of: 2, summary: .running(due: 400))
        _ = try store.append(AppendBatch(turns: [later, factory.end(3)]))
        #expect(try due(1000) == [1, 2])
        #expect(try unsettled().isEmpty)
        withExtendedLifetime(keeping) {}
    }

    @Test("The newest snapshot is kept, beside turns or without", arguments: StoreUnderTest.all)
    func snapshots(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        let execution = ExecutionNumber(1)
        let small = StoredSnapshot(execution: execution, ordinal: Ordinal(2), bytes: [1, 2])
        _ = try store.append(AppendBatch(turns: [factory.start(1)], snapshots: [small]))
        #expect(try store.snapshot(of: execution)?.bytes == [1, 2])
        let large = StoredSnapshot(
            execution: execution,
            ordinal: Ordinal(2),
            bytes: [UInt8](repeating: 3, count: 100_000)
        )
        _ = try store.append(AppendBatch(snapshots: [large]))
        let found = try #require(try store.snapshot(of: execution))
        #expect(found.ordinal == Ordinal(2))
        #expect(found.bytes == large.bytes)
        #expect(try store.snapshot(of: ExecutionNumber(2))?.bytes == nil)
        withExtendedLifetime(keeping) {}
    }

    @Test("Large turns and large batches are kept whole", arguments: StoreUnderTest.all)
    func large(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        var turns = [factory.start(1, inputSize: 300_000)]
        for number in 2...400 { turns.append(factory.start(UInt64(number), inputSize: 700)) }
        turns.append(factory.turn(of: 1))
        _ = try store.append(AppendBatch(turns: turns))
        let one = try store.readTurns(of: ExecutionNumber(1), ordinals: all, byteLimit: .max)
        #expect(one.map(\.bytes) == [turns[0].bytes, turns[400].bytes])
        for number in [2, 200, 400] {
            let read = try store.readTurns(
                of: ExecutionNumber(UInt64(number)),
                ordinals: all,
                byteLimit: .max
            )
            #expect(read.map(\.bytes) == [turns[number - 1].bytes])
        }
        withExtendedLifetime(keeping) {}
    }
}
