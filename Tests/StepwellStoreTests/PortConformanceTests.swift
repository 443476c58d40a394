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
        let first = try store.append(AppendBatch(turns: Array(turns[..<3]))).cursor
        let second = try store.append(AppendBatch(turns: Array(turns[3...]))).cursor
        #expect(first < second)
        let one = try store.readTurns(of: ExecutionNumber(1), ordinals: all, byteLimit: .max)
        #expect(one.map(\.bytes) == [turns[0], turns[2], turns[4]].map(\.bytes))
        #expect(one.map(\.firstOrdinal) == [Ordinal(1), Ordinal(3), Ordinal(5)])
        #expect(try store.head(of: ExecutionNumber(2)) == turns[3].head)
        #expect(try store.head(of: ExecutionNumber(3)) == nil)
        #expect(try store.newest() == ExecutionNumber(2))
        #expect(try store.openExecutions() == 1)
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
        let foreign = StoreCursor(bytes: [1, 2, 3])
        let error = #expect(throws: StoreError.self) {
            try store.scan(from: foreign) { _ in .proceed }
        }
        #expect(error?.code == .unusable)
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
        #expect(try store.head(of: ExecutionNumber(1)) == next.head)
        let gap = factory.turn(of: 1)
        let refusal = #expect(throws: StoreError.self) {
            try store.append(AppendBatch(turns: [gap]))
        }
        #expect(refusal?.code == .contradiction)
        #expect(try store.head(of: ExecutionNumber(1)) == next.head)
        _ = try store.append(AppendBatch(turns: [third, gap]))
        #expect(try store.head(of: ExecutionNumber(1)) == gap.head)
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
        var wrongCount = wrongHead
        wrongHead.head.lastOrdinal = wrongHead.head.lastOrdinal.advanced(by: 1)
        wrongCount.head.redriveCount += 1
        for turns in [[forked], [onFork], [wrongHead], [wrongCount], [other]] {
            let error = #expect(throws: StoreError.self) {
                try store.append(AppendBatch(turns: [other] + turns))
            }
            #expect(error?.code == .contradiction)
        }
        #expect(try store.head(of: ExecutionNumber(2)) == nil)
        #expect(try store.head(of: ExecutionNumber(1)) == next.head)
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
        func find(_ name: String, _ machine: String = TurnFactory.machine) throws -> UInt64? {
            try store.head(named: name, in: machine)?.execution.rawValue
        }
        #expect(try find("caf\u{E9}") == 1)
        #expect(try find("cafe\u{301}") == 2)
        #expect(try find("again") == 4)
        #expect(try find("again", TurnFactory.machine + "2") == 5)
        #expect(try find("absent") == nil)
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
        func list(_ status: ExecutionStatus?) throws -> [UInt64] {
            try store.listed(status).map(\.execution.rawValue)
        }
        let expected: [UInt64] = [2, 1, 5, 4, 3, 8, 7, 6, 9]
        #expect(try list(nil) == expected)
        #expect(try list(.failed) == [3, 6])
        #expect(try list(.succeeded).isEmpty)
        #expect(try list(.running) == [2, 1, 5, 4, 8, 7, 9])
        var paged: [UInt64] = []
        var cursor: QueryCursor?
        var pages = 0
        repeat {
            let query = ListingQuery(stateMachineARN: TurnFactory.machine)
            let page = try store.listing(query, after: cursor, looks: 2)
            #expect(page.rows.count <= 2)
            paged += page.rows.map(\.execution.rawValue)
            // A cursor that was given away comes back as what it was.
            cursor = page.next.flatMap { QueryCursor(bytes: $0.bytes) }
            #expect((cursor == nil) == (page.next == nil))
            pages += 1
        } while cursor != nil
        #expect(pages == 5)
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
            factory.start(5, machine: TurnFactory.machine + "/each", summary: .running(due: 300)),
        ]
        _ = try store.append(AppendBatch(turns: turns))
        func due(after row: DueRow? = nil, looks: Int = 10) throws -> [DueRow] {
            let cursor = row.map { QueryCursor(time: $0.due, execution: $0.execution) }
            return try store.due(after: cursor, looks: looks).rows
        }
        func unsettled(_ after: UInt64? = nil, _ looks: Int = 10) throws -> [UInt64] {
            let cursor = after.map { QueryCursor(execution: ExecutionNumber($0)) }
            return try store.unsettled(after: cursor, looks: looks).rows.map(\.rawValue)
        }
        func row(_ due: Int64, _ number: UInt64, isChild: Bool = false) -> DueRow {
            DueRow(
                due: Timestamp(milliseconds: due),
                execution: ExecutionNumber(number),
                isMapRunChild: isChild
            )
        }
        #expect(try due() == [row(100, 2), row(200, 3), row(300, 1), row(300, 5, isChild: true)])
        #expect(try due(looks: 2) == [row(100, 2), row(200, 3)])
        #expect(try due(after: row(200, 3), looks: 1) == [row(300, 1)])
        #expect(try due(after: row(300, 1)) == [row(300, 5, isChild: true)])
        #expect(try store.due(after: nil, looks: 4).next == nil)
        #expect(try unsettled() == [2, 3])
        #expect(try unsettled(2) == [3])
        #expect(try unsettled(nil, 1) == [2])
        #expect(try store.openExecutions() == 4)
        let later = factory.turn(of: 2, summary: .running(due: 400))
        _ = try store.append(AppendBatch(turns: [later, factory.end(3), factory.end(5)]))
        #expect(try store.dueRows() == [row(300, 1), row(400, 2)])
        #expect(try store.unsettledNumbers().isEmpty)
        #expect(try store.openExecutions() == 3)
        withExtendedLifetime(keeping) {}
    }

    @Test("A page looks at so many rows and goes on behind them", arguments: StoreUnderTest.all)
    func looks(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        let numbers = UInt64(1)...60
        let starts = numbers.map { number in
            factory.start(number, summary: .running(due: Int64(1_000 + number), tasks: 1))
        }
        _ = try store.append(AppendBatch(turns: starts))
        let ends = numbers.filter { $0 % 10 != 0 }.map { factory.end($0) }
        _ = try store.append(AppendBatch(turns: ends))
        let left: [UInt64] = [10, 20, 30, 40, 50, 60]
        #expect(try store.dueRows().map(\.execution.rawValue) == left)
        #expect(try store.unsettledNumbers().map(\.rawValue) == left)
        #expect(try store.listed(.running).map(\.execution.rawValue) == left.reversed())
        #expect(try store.listed(.succeeded).count == 54)
        for looks in [1, 2, 7] {
            var found: [UInt64] = []
            var cursor: QueryCursor?
            repeat {
                let page = try store.due(after: cursor, looks: looks)
                #expect(page.rows.count <= looks)
                found += page.rows.map(\.execution.rawValue)
                cursor = page.next
            } while cursor != nil
            #expect(found == left)
        }
        withExtendedLifetime(keeping) {}
    }

    @Test("A name that is held is refused to others, turn by turn", arguments: StoreUnderTest.all)
    func claims(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        func claim(_ turn: EncodedTurn, freeBefore time: Int64 = 0) -> EncodedTurn {
            var turn = turn
            turn.claim = NameClaim(freeBefore: Timestamp(milliseconds: time))
            return turn
        }
        let first = claim(factory.start(1, name: "same"))
        #expect(try store.append(AppendBatch(turns: [first])).refused.isEmpty)
        // Told again, it is the holder itself.
        #expect(try store.append(AppendBatch(turns: [first])).refused.isEmpty)
        let second = claim(factory.start(2, name: "same"))
        let snapshot = StoredSnapshot(
            execution: ExecutionNumber(2),
            ordinal: Ordinal(2),
            bytes: [1]
        )
        let third = claim(factory.start(3, name: "other"))
        let fourth = claim(factory.start(4, name: "other"))
        let batch = AppendBatch(
            turns: [second, third, factory.turn(of: 2), fourth, factory.turn(of: 1)],
            snapshots: [snapshot]
        )
        let outcome = try store.append(batch)
        #expect(outcome.refused.map(\.execution.rawValue) == [2, 2, 4])
        #expect(outcome.refused.map { $0.holder?.rawValue } == [1, nil, 3])
        for number in [2, 4] as [UInt64] {
            #expect(try store.head(of: ExecutionNumber(number)) == nil)
            #expect(try store.snapshot(of: ExecutionNumber(number))?.bytes == nil)
        }
        #expect(try store.head(of: ExecutionNumber(1))?.lastOrdinal == Ordinal(4))
        #expect(try store.head(of: ExecutionNumber(3)) == third.head)

        // Closed, it holds the name until the time that the claim says.
        _ = try store.append(AppendBatch(turns: [factory.end(1, at: 5_000)]))
        let early = claim(factory.start(5, name: "same"), freeBefore: 4_999)
        #expect(try store.append(AppendBatch(turns: [early])).refused.count == 1)
        let late = claim(factory.start(6, name: "same"), freeBefore: 5_000)
        #expect(try store.append(AppendBatch(turns: [late])).refused.isEmpty)
        #expect(
            try store.head(named: "same", in: TurnFactory.machine)?.execution == ExecutionNumber(6)
        )
        // One that ends in the very batch counts as it is then.
        let ended = claim(factory.start(7, name: "same"), freeBefore: 9_000)
        let end = factory.end(6, at: 9_000)
        #expect(try store.append(AppendBatch(turns: [end, ended])).refused.isEmpty)
        // Names of other machines are others.
        let other = claim(factory.start(8, name: "same", machine: TurnFactory.machine + "2"))
        #expect(try store.append(AppendBatch(turns: [other])).refused.isEmpty)
        withExtendedLifetime(keeping) {}
    }

    @Test("Only the newest fence appends", arguments: StoreUnderTest.all)
    func fences(_ kind: StoreUnderTest) throws {
        let (store, keeping) = try kind.make()
        var factory = TurnFactory()
        let old = try store.acquire()
        _ = try store.append(AppendBatch(turns: [factory.start(1)]), fence: old)
        let new = try store.acquire()
        let batch = AppendBatch(turns: [factory.start(2)])
        let error = #expect(throws: StoreError.self) { try store.append(batch, fence: old) }
        #expect(error?.code == .fenced)
        #expect(try store.head(of: ExecutionNumber(2)) == nil)
        _ = try store.append(batch, fence: new)
        #expect(try store.head(of: ExecutionNumber(2)) == batch.turns[0].head)
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
        let other = ExecutionNumber(9)
        _ = try store.append(
            AppendBatch(turns: [factory.end(1)], droppedSnapshots: [execution, other])
        )
        #expect(try store.snapshot(of: execution)?.bytes == nil)
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

extension RefusedTurn {
    /// The execution that holds the name, when that is why.
    fileprivate var holder: ExecutionNumber? {
        if case .nameTaken(let head) = reason { head.execution } else { nil }
    }
}
