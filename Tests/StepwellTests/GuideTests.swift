import Foundation
import Logging
import Stepwell
import StepwellTesting
import Testing

private struct Order: Codable, Sendable {
    var id: String
    var cents: Int
}

private struct Receipt: Codable, Sendable {
    var charged: Int
}

/// What charges cards, once for each key.
private actor Provider {
    struct Refusal: Error {
        var reason: String
    }

    private var keys: Set<String> = []

    func charge(_ order: Order, key: String) throws -> Int {
        guard order.cents < 10_000 else { throw Refusal(reason: "too much") }
        return keys.insert(key).inserted ? order.cents : 0
    }
}

/// The programs of the guides work as they stand there.
@Suite("Guides", .timeLimit(.minutes(10)))
struct GuideTests {
    private let definition = """
        {"StartAt": "Rest", "States": {
         "Rest": {"Type": "Wait", "Seconds": 86400, "Next": "Charge"},
         "Charge": {"Type": "Task", "Resource": "charge-card", "End": true}}}
        """

    @Test("a service with a handler, and what happens in it")
    func embedding() async throws {
        let folder = try TemporaryDirectory()
        let (directory, provider) = (folder.path, Provider())
        let logger = Logger(label: "guide")
        let definition = """
            {"StartAt": "Charge", "States": {
             "Charge": {"Type": "Task", "Resource": "charge-card", "End": true}}}
            """
        let engine = try await WorkflowEngine.open(at: directory) {
            $0.logger = logger
            $0.handle("charge-card") { (order: Order, task: TaskContext) in
                do {
                    return Receipt(
                        charged: try await provider.charge(order, key: task.idempotencyKey)
                    )
                } catch let refusal as Provider.Refusal {
                    throw TaskError("CardDeclined", cause: refusal.reason)
                }
            }
        }
        try await engine.deployStateMachine("orders", definition: .json(definition))
        engine.resume()
        let order = Order(id: "17", cents: 4_200)
        let execution = try await engine.startOrAttach("orders", name: "order-17", input: order)
        #expect(try await execution.result(as: Receipt.self).charged == 4_200)
        var types: [String] = []
        for try await event in execution.events { types.append(event.type) }
        #expect(types.first == "ExecutionStarted" && types.last == "ExecutionSucceeded")
        let large = try await engine.start("orders", input: Order(id: "18", cents: 20_000))
        #expect(try await large.waitUntilClosed().failure?.cause == "too much")
        await engine.shutdown()
    }

    @Test("the definition to get started with ends with the receipt")
    func gettingStarted() async throws {
        let page = try text(of: "Stepwell/Stepwell.docc/GettingStarted.md")
        let definition = try #require(page.components(separatedBy: "```json\n").dropFirst().first)
            .components(separatedBy: "```")[0]
        let provider = Provider()
        let engine = try await WorkflowEngine.open(in: MemoryStore()) {
            $0.clock = VirtualClock()
            $0.handle("charge-card") { (order: Order, task: TaskContext) in
                Receipt(charged: try await provider.charge(order, key: task.idempotencyKey))
            }
            $0.handle("ship") { (_: Order) in }
        }
        try await engine.deployStateMachine("orders", definition: .json(definition))
        let execution = try await engine.start("orders", input: Order(id: "17", cents: 4_200))
        #expect(try await execution.result(as: Receipt.self).charged == 4_200)
        await engine.shutdown()
    }

    @Test("a card that is declined after a day ends the order")
    func declined() async throws {
        let card = ScriptedConnector(
            "charge-card",
            answers: [.fail(error: "CardDeclined", cause: "17")]
        )
        let engine = try await WorkflowEngine.open(in: MemoryStore()) {
            $0.clock = VirtualClock()
            $0.connect(card)
        }
        try await engine.createStateMachine("orders", definition: .json(definition))
        let execution = try await engine.start("orders", input: Order(id: "17", cents: 4_200))
        let closed = try await execution.waitUntilClosed()
        #expect(closed.status == .failed)
        #expect(closed.failure?.error == "CardDeclined")
        #expect(card.inputs == [["id": "17", "cents": 4_200]])
        await engine.shutdown()
    }

    @Test(
        "the guides' programs are these",
        arguments: [
            ("Stepwell/Stepwell.docc/Embedding.md", "let engine"),
            ("StepwellTesting/StepwellTesting.docc/TestingAService.md", "import Stepwell\n"),
            ("StepwellTesting/StepwellTesting.docc/TestingAService.md", "let harness"),
            ("StepwellTesting/StepwellTesting.docc/TestingAService.md", "for commits"),
        ]
    )
    func programs(guide: String, beginning: String) throws {
        let text = try text(of: guide)
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let tests = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .map { bare(try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
            .joined()
        let blocks = text.components(separatedBy: "```swift\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        let program = try #require(blocks.first { $0.hasPrefix(beginning) })
        for part in program.components(separatedBy: "\n\n") where !part.hasPrefix("import") {
            #expect(tests.contains(bare(part)), "the test has another program")
        }
    }

    /// A page below `Sources`.
    private func text(of guide: String) throws -> String {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
        return try String(contentsOf: sources.appending(path: guide), encoding: .utf8)
    }

    /// A program without its layout.
    private func bare(_ text: String) -> String {
        text.filter { !$0.isWhitespace }
    }
}
