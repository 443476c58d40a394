import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

/// What a page of GetExecutionHistory costs, and where it ends.
@Suite("Pages of a history", .timeLimit(.minutes(10)))
struct HistoryPageTests {
    private func engine(
        on store: ShapedStore = ShapedStore(),
        _ limits: (inout EngineLimits) -> Void = { _ in }
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        limits(&configuration.limits)
        return try Engine(store: store, configuration: configuration, clock: VirtualClock())
    }

    /// An execution of a Map of 2,000 items, each with a text that is stored once: 8,006 events.
    private func map(on engine: Engine) async throws -> String {
        let machine = try await engine.create("m", Machines.bigMap)
        let items = (0..<2_000).map { #""item \#($0) with a text that is referred to""# }
        let input = "[" + items.joined(separator: ",") + "]"
        let execution = try await engine.start(machine, name: "one", input: input)
        _ = try await engine.waitForExecution(arn: execution)
        return execution
    }

    @Test(
        "a page costs its size, at any place, in both directions",
        arguments: [1, 100, 1_000],
        [false, true]
    )
    func cost(size: Int, isReversed: Bool) async throws {
        let store = ShapedStore()
        let engine = try engine(on: store)
        let execution = try await map(on: engine)
        var request = GetExecutionHistoryRequest(
            executionARN: execution,
            maxResults: size,
            reverseOrder: isReversed
        )
        var (events, pages, records) = (0, 0, 0)
        repeat {
            _ = store.takeRead()
            let page = try await engine.getExecutionHistory(request)
            events += page.items.count
            pages += 1
            let turns = store.takeRead()
            let count = try turns.reduce(0) { $0 + (try TurnCodec.peek($1.bytes).recordCount) }
            records += count
            // The turn at each end, of at most 256 records, and one for payloads: each twice
            // where turns of this page and others are mixed.
            #expect(count <= size + 6 * 256)
            request.nextToken = page.nextToken
        } while request.nextToken != nil && pages < 200
        #expect(events == min(8_006, 200 * size))
        #expect(records <= pages * (size + 4 * 256))
        await engine.shutdown()
    }

    @Test("payloads are looked for only where they are shown")
    func withoutData() async throws {
        let store = ShapedStore()
        let engine = try engine(on: store)
        let execution = try await map(on: engine)
        _ = store.takeRead()
        _ = try await engine.getExecutionHistoryText(
            GetExecutionHistoryRequest(
                executionARN: execution,
                reverseOrder: true,
                includeExecutionData: false
            )
        )
        let turns = store.takeRead()
        #expect(Set(turns.map(\.firstOrdinal)).count == turns.count)
        #expect(turns.count <= 3)
        await engine.shutdown()
    }

    /// Goes through a history in text pages, and answers them.
    private func pages(
        of execution: String,
        on engine: Engine,
        isReversed: Bool,
        includesData: Bool
    ) async throws -> [(text: [UInt8], ids: [Int])] {
        var request = GetExecutionHistoryRequest(
            executionARN: execution,
            maxResults: 1_000,
            reverseOrder: isReversed,
            includeExecutionData: includesData
        )
        var pages: [(text: [UInt8], ids: [Int])] = []
        repeat {
            let page = try await engine.getExecutionHistoryText(request)
            guard case .array(let events) = try JSONParser.parse(page.events) else {
                Issue.record("no array")
                return pages
            }
            let ids = events.compactMap { event -> Int? in
                guard case .object(let members) = event, let id = members["id"] else { return nil }
                return Int(id.description)
            }
            #expect(ids.count == events.count)
            pages.append((page.events, ids))
            request.nextToken = page.nextToken
        } while request.nextToken != nil
        return pages
    }

    @Test(
        "a page ends before its text gets too long, and goes on by its token",
        arguments: [false, true]
    )
    func byteLimit(isReversed: Bool) async throws {
        let limit = 64 << 10
        let engine = try engine { $0.historyPageBytes = limit }
        let steps = (0..<20).map { step in
            let next = step == 19 ? #""End":true"# : #""Next":"S\#(step + 1)""#
            return #""S\#(step)":{"Type":"Pass",\#(next)}"#
        }
        let machine = try await engine.create(
            "m",
            #"{"StartAt":"S0","States":{\#(steps.joined(separator: ","))}}"#
        )
        // Escaped once more in the answer: twice as long.
        let input = #"{"text":"\#(String(repeating: #"\""#, count: 4_000))"}"#
        let execution = try await engine.start(machine, name: "one", input: input)
        _ = try await engine.waitForExecution(arn: execution)
        let found = try await pages(
            of: execution,
            on: engine,
            isReversed: isReversed,
            includesData: true
        )
        #expect(found.count >= 10)
        #expect(found.allSatisfy { $0.text.count <= limit })
        // No page ends while there is room for more.
        #expect(found.dropLast().allSatisfy { $0.text.count > limit / 2 })
        let ids = found.flatMap(\.ids)
        #expect(ids == (isReversed ? Array((1...42).reversed()) : Array(1...42)))

        let bare = try await pages(
            of: execution,
            on: engine,
            isReversed: isReversed,
            includesData: false
        )
        #expect(bare.count == 1)
        #expect(bare.flatMap(\.ids) == ids)
        await engine.shutdown()
    }

    @Test("an event that is larger than a page may be goes alone", arguments: [false, true])
    func largeEvents(isReversed: Bool) async throws {
        let engine = try engine { $0.historyPageBytes = 1 << 10 }
        let machine = try await engine.create("m", Machines.pass)
        let input = #"{"text":"\#(String(repeating: "long ", count: 1_000))"}"#
        let execution = try await engine.start(machine, name: "one", input: input)
        _ = try await engine.waitForExecution(arn: execution)
        let found = try await pages(
            of: execution,
            on: engine,
            isReversed: isReversed,
            includesData: true
        )
        #expect(found.map(\.ids) == (isReversed ? [[4], [3], [2], [1]] : [[1], [2], [3], [4]]))
        await engine.shutdown()
    }

    @Test("a token that is none is refused")
    func token() async throws {
        let engine = try engine()
        let machine = try await engine.create("m", Machines.pass)
        let execution = try await engine.start(machine, name: "one")
        // Version 1 and the ordinal 0, which no record has.
        for text in ["AQA", "AQ", "?"] {
            let error = await #expect(throws: ServiceError.self) {
                try await engine.getExecutionHistory(
                    GetExecutionHistoryRequest(executionARN: execution, nextToken: text)
                )
            }
            #expect(error?.code == "InvalidToken")
        }
        await engine.shutdown()
    }
}
