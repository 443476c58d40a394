import Stepwell
import StepwellTesting
import Testing

/// Recorded logs, replayed with what they followed and with other definitions.
@Suite("Recorded executions", .timeLimit(.minutes(5)))
struct RecordedExecutionsTests {
    private static func definition(_ change: (inout String) -> Void = { _ in }) -> Definition {
        var text = #"""
            {"Comment":"Orders","StartAt":"Charge","States":{
             "Charge":{"Type":"Task","Resource":"charge-card","ResultPath":"$.receipt",
              "Next":"Large?"},
             "Large?":{"Type":"Choice","Default":"Done","Choices":[
              {"Variable":"$.cents","NumericGreaterThan":1000,"Next":"Rest"}]},
             "Rest":{"Type":"Wait","Seconds":60,"Next":"Done"},
             "Done":{"Type":"Succeed"}}}
            """#
        change(&text)
        return .json(text)
    }

    /// Two orders, one of which waits, and one of another state machine.
    private func recorded(in store: MemoryStore) async throws {
        let card = ScriptedConnector("charge-card", answers: [.succeed(["charged": true])])
        let engine = try await WorkflowEngine.open(in: store) {
            $0.clock = VirtualClock()
            $0.connect(card)
        }
        try await engine.createStateMachine("orders", definition: Self.definition())
        try await engine.createStateMachine("others", definition: Self.definition())
        for (name, cents) in [("small", 10), ("large", 5_000)] {
            let execution = try await engine.start("orders", name: name, input: ["cents": cents])
            _ = try await execution.waitUntilClosed()
        }
        _ = try await engine.start("others", name: "o", input: ["cents": 1]).waitUntilClosed()
        #expect(try RecordedExecutions(of: engine).count == 3)
        await engine.shutdown()
    }

    @Test("logs agree with the definition that they followed, and with one that does the same")
    func agreeing() async throws {
        let store = MemoryStore()
        try await recorded(in: store)
        let recorded = try RecordedExecutions(in: store, stateMachine: "orders")
        #expect(recorded.count == 2)
        let report = try recorded.replay()
        #expect(report.count == 2 && report.divergences.isEmpty && report.underivable.isEmpty)
        let commented = Self.definition { $0.replace("Orders", with: "All orders") }
        #expect(try recorded.replay(with: commented).divergences.isEmpty)
    }

    @Test("a definition that does something else is told the first difference of each log")
    func diverging() async throws {
        let store = MemoryStore()
        try await recorded(in: store)
        let recorded = try RecordedExecutions(in: store, stateMachine: "orders")
        let smaller = Self.definition { $0.replace("1000", with: "5000") }
        let report = try recorded.replay(with: smaller)
        #expect(report.count == 2)
        let found = try #require(report.divergences.first)
        #expect(report.divergences.count == 1)
        #expect(found.executionARN.hasSuffix(":orders:large"))
        #expect(found.lastCommonEventID > 0)
        #expect(report.description.contains("1 of 2 executions agree"))
        let other = Self.definition { $0.replace(#""Seconds":60"#, with: #""Seconds":90"#) }
        #expect(try recorded.replay(with: other).divergences.count == 1)
        #expect(throws: StepwellError.self) { try recorded.replay(with: .json("{}")) }
    }

    @Test("a file holds recorded executions for a repository")
    func file() async throws {
        let store = MemoryStore()
        try await recorded(in: store)
        let folder = try TemporaryDirectory()
        let path = folder.path + "/orders.json"
        let recorded = try RecordedExecutions(in: store, stateMachine: "orders")
        try recorded.filter { $0.hasSuffix("large") }.write(to: path)
        let read = try RecordedExecutions(file: path)
        #expect(read.executionARNs.map { $0.hasSuffix(":large") } == [true])
        #expect(try read.replay().divergences.isEmpty)
        #expect(throws: RecordingError.self) { try RecordedExecutions(file: path + "x") }
    }

    @Test("a data directory is read when the engine that owned it has ended")
    func directory() async throws {
        let folder = try TemporaryDirectory()
        try await one(in: folder.path)
        let recorded = try RecordedExecutions(dataDirectory: folder.path)
        #expect(recorded.count == 1)
        #expect(try recorded.replay(with: Self.definition()).divergences.isEmpty)
        #expect(throws: RecordingError.self) {
            try RecordedExecutions(dataDirectory: folder.path + "/none")
        }
    }

    /// An execution in a data directory, which is let go of.
    private func one(in directory: String) async throws {
        let engine = try await WorkflowEngine.open(at: directory) {
            $0.clock = VirtualClock()
            $0.connect(ScriptedConnector("charge-card", answers: [.succeed(1)]))
        }
        engine.resume()
        try await engine.createStateMachine("orders", definition: Self.definition())
        let input = ["cents": 1]
        _ = try await engine.start("orders", name: "a", input: input).waitUntilClosed()
        await engine.shutdown()
    }

    @Test("children of a Map Run are replayed with its item processor")
    func children() async throws {
        let text = #"""
            {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"Label":"Each",
             "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
              "StartAt":"P","States":{"P":{"Type":"Pass","Result":1,"End":true}}}}}}
            """#
        let store = MemoryStore()
        let engine = try await WorkflowEngine.open(in: store)
        try await engine.createStateMachine("m", definition: .json(text))
        _ = try await engine.start("m", name: "a", input: [1, 2]).waitUntilClosed()
        await engine.shutdown()
        let recorded = try RecordedExecutions(in: store, stateMachine: "m")
        #expect(recorded.count == 3)
        #expect(try recorded.replay(with: .json(text)).divergences.isEmpty)
        let other = text.replacing(#""Result":1"#, with: #""Result":2"#)
        #expect(try recorded.replay(with: .json(other)).divergences.count >= 2)
    }
}
