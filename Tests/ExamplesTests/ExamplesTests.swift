import Foundation
import Stepwell
import StepwellTesting
import Testing

@testable import Approval
@testable import FanOut
@testable import Hello
@testable import NightlyReport
@testable import OrderFulfilment

/// The examples do what they say, and a second time.
@Suite("Examples", .timeLimit(.minutes(5)))
struct ExamplesTests {
    /// A folder that is removed when the value is let go.
    private final class Folder: Sendable {
        let path = FileManager.default.temporaryDirectory.path + "/stepwell-example-\(UUID())"

        init() throws {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    @Test("Hello greets, and finds its greeting the second time")
    func hello() async throws {
        let store = MemoryStore()
        for _ in 1...2 {
            let engine = try await WorkflowEngine.open(in: store, Hello.register)
            #expect(try await Hello.greeting(of: "world", by: engine) == "Hello, world!")
            #expect(try await engine.executions(of: "hello").array().count == 1)
            await engine.shutdown()
        }
    }

    @Test("Approval: another process answers, yes, no, or nobody does", arguments: [true, false])
    func approval(isApproved: Bool) async throws {
        let (folder, store) = (try Folder(), MemoryStore())
        let desk = ExpenseDesk(inbox: Inbox(directory: folder.path))
        let clock = VirtualClock(skips: false)
        let first = try await WorkflowEngine.open(in: store) {
            $0.clock = clock
            desk.register(in: &$0)
        }
        try await desk.deploy(to: first)
        for id in ["taxi", "hotel"] { try await desk.ask(Expense(id: id, cents: 900), first) }
        await first.shutdown()
        let second = try await WorkflowEngine.open(in: store) {
            $0.clock = clock
            desk.register(in: &$0)
        }
        let answered = try await desk.answer("taxi", isApproved, second).waitUntilClosed()
        #expect(answered.failure?.error == (isApproved ? nil : "Refused"))
        #expect(answered.output == (isApproved ? #"{"paid":900}"# : nil))
        clock.advance(by: .seconds(700_000))
        let lapsed = try await second.execution("hotel", of: "expenses").waitUntilClosed()
        #expect(lapsed.failure?.error == "NobodyAnswered")
        await second.shutdown()
    }

    @Test("FanOut counts every file, and those that are not there")
    func fanOut() async throws {
        let folder = try Folder()
        var files = [folder.path + "/none"]
        for number in 1...9 {
            files.append("\(folder.path)/\(number)")
            try String(repeating: "word ", count: number)
                .write(toFile: files[number], atomically: true, encoding: .utf8)
        }
        let engine = try await WorkflowEngine.open(in: MemoryStore(), WordCount.register)
        let total = try await WordCount.count(files, by: engine)
        #expect(total == WordCount.Total(files: 10, words: 45, missing: 1))
        await engine.shutdown()
    }

    @Test("NightlyReport: one report each night, none left out, none twice")
    func nightlyReport() async throws {
        let store = MemoryStore()
        let clock = VirtualClock()
        let nights = Nights(now: {
            Date(timeIntervalSince1970: Double(clock.now().milliseconds) / 1_000)
        })
        let (reports, continuation) = AsyncStream.makeStream(of: String.self)
        for _ in 1...2 {
            let engine = try await WorkflowEngine.open(in: store) {
                $0.clock = clock
                nights.register(in: &$0) { continuation.yield($0) }
            }
            try await nights.deploy(to: engine)
            for _ in 1...2 { _ = try await nights.next(by: engine) }
            await engine.shutdown()
        }
        continuation.finish()
        let days = await reports.reduce(into: []) { $0.append($1) }
        #expect(days == ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"])
    }

    @Test("OrderFulfilment: orders are fulfilled, refused and compensated, once")
    func orderFulfilment() async throws {
        let example = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Examples/OrderFulfilment").standardized.path
        let content = try #require(FileManager.default.contents(atPath: example + "/orders.json"))
        let orders = Array(try JSONDecoder().decode([Order].self, from: content).prefix(5))
        let store = MemoryStore()
        var lines: [[String]] = []
        for _ in 1...2 {
            // Real time: a virtual clock would skip what workers take to come back.
            let engine = try await WorkflowEngine.open(in: store)
            let shop = Shop(engine: engine)
            try await shop.createActivities()
            try await engine.deployStateMachine(
                "OrderFulfilment",
                definition: .file(example + "/order-fulfilment.asl.json")
            )
            lines.append(
                await withTaskGroup(of: Void.self) { workers in
                    shop.open(in: &workers)
                    let lines = await shop.fulfil(orders)
                    workers.cancelAll()
                    return lines
                }
            )
            await engine.shutdown()
        }
        #expect(lines[0].count == orders.count && lines[0] == lines[1])
        #expect(lines[0].allSatisfy { $0.contains("SUCCEEDED") || $0.contains("FAILED") })
    }
}
