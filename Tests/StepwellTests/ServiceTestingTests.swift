import Stepwell
import StepwellTesting
import Testing

private struct Order: Codable, Sendable {
    var id: String
    var cents: Int
}

private struct Receipt: Codable, Sendable, Equatable {
    var charged: Int
}

/// What charges cards, once for each key.
private actor Provider {
    private var receipts: [String: Receipt] = [:]
    private(set) var charges = 0

    func charge(_ order: Order, key: String) throws -> Receipt {
        guard order.cents < 10_000 else { throw TaskError("CardDeclined", cause: order.id) }
        if let earlier = receipts[key] { return earlier }
        charges += 1
        receipts[key] = Receipt(charged: order.cents)
        return Receipt(charged: order.cents)
    }

    nonisolated func register(in configuration: inout WorkflowEngine.Configuration) {
        configuration.handle("charge-card") { (order: Order, task: TaskContext) in
            try await task.heartbeat()
            return try await self.charge(order, key: task.idempotencyKey)
        }
    }
}

/// What the tests of a service are written with.
@Suite("Testing a service", .timeLimit(.minutes(5)))
struct ServiceTestingTests {
    private let charging = Definition.json(
        #"""
        {"StartAt":"Charge","States":{
         "Charge":{"Type":"Task","Resource":"charge-card","TimeoutSeconds":60,"Next":"Rest",
          "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":3600,"MaxAttempts":2}]},
         "Rest":{"Type":"Wait","Seconds":86400,"End":true}}}
        """#
    )

    @Test("a script answers call by call, and keeps what it was asked")
    func script() async throws {
        let card = ScriptedConnector(
            "charge-card",
            answers: [.fail(error: "Busy"), .succeed(["charged": 4_200])]
        )
        let engine = try await WorkflowEngine.open(in: MemoryStore()) {
            $0.clock = VirtualClock()
            $0.connect(card)
        }
        try await engine.createStateMachine("orders", definition: charging)
        let order = Order(id: "17", cents: 4_200)
        let execution = try await engine.start("orders", name: "17", input: order)
        #expect(try await execution.result(as: Receipt.self) == Receipt(charged: 4_200))
        #expect(card.calls.map(\.attempt) == [1, 2])
        #expect(card.calls.map(\.stateName) == ["Charge", "Charge"])
        #expect(card.inputs == [["id": "17", "cents": 4_200], ["id": "17", "cents": 4_200]])
        #expect(Set(card.calls.map(\.idempotencyKey)).count == 2)
        await engine.shutdown()
    }

    @Test("a script stands for the function of its name, as a handler does")
    func functionScript() async throws {
        let card = ScriptedConnector("charge-card", answers: [.succeed("done")])
        let engine = try await WorkflowEngine.open(in: MemoryStore()) { $0.connect(card) }
        let definition = """
            {"StartAt":"C","States":{"C":{"Type":"Task","End":true,
             "Resource":"arn:aws:states:::lambda:invoke","OutputPath":"$.Payload",
             "Parameters":{"FunctionName":"charge-card","Payload":{"id":1}}}}}
            """
        try await engine.createStateMachine("f", definition: .json(definition))
        let execution = try await engine.start("f")
        #expect(try await execution.result(as: String.self) == "done")
        #expect(card.inputs == [["id": 1]])
        await engine.shutdown()
    }

    @Test("a task that is not answered times out when the clock is moved")
    func hanging() async throws {
        let card = ScriptedConnector("charge-card", answers: [.hang])
        let clock = VirtualClock()
        let engine = try await WorkflowEngine.open(in: MemoryStore()) {
            $0.clock = clock
            $0.connect(card)
        }
        try await engine.createStateMachine("orders", definition: charging)
        let execution = try await engine.start("orders", input: Order(id: "1", cents: 1))
        _ = try await card.call(1)
        clock.advance(by: .seconds(61))
        #expect(try await execution.waitUntilClosed().failure?.error == "States.Timeout")
        await engine.shutdown()
    }

    @Test("whoever waits for a call that does not come can be cancelled")
    func cancelled() async throws {
        let card = ScriptedConnector("charge-card", answers: [])
        let waiting = Task { try await card.call(1) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test("what one engine wrote to a store in memory is there for the next")
    func restart() async throws {
        let store = MemoryStore()
        let clock = VirtualClock(skips: false)
        let first = try await WorkflowEngine.open(in: store) {
            $0.clock = clock
            $0.connect(ScriptedConnector("charge-card", answers: [.succeed(["charged": 1])]))
        }
        try await first.createStateMachine("orders", definition: charging)
        let started = try await first.start("orders", name: "1", input: Order(id: "1", cents: 1))
        for try await event in started.events where event.stateName == "Rest" { break }
        await first.shutdown()
        clock.advance(by: .seconds(86_400))
        let second = try await WorkflowEngine.open(in: store) { $0.clock = clock }
        let receipt = try await second.execution(arn: started.arn).result(as: Receipt.self)
        #expect(receipt == Receipt(charged: 1))
        await second.shutdown()
    }

    @Test("a crash at any commit: the card is charged once, and the order comes to its end")
    func crashes() async throws {
        let store = MemoryStore()
        let provider = Provider()
        let engine = try await WorkflowEngine.open(in: store) {
            $0.clock = VirtualClock()
            provider.register(in: &$0)
        }
        try await engine.createStateMachine("orders", definition: charging)
        let created = store.commitCount
        let order = Order(id: "1", cents: 7)
        _ = try await engine.start("orders", name: "1", input: order).waitUntilClosed()
        await engine.shutdown()
        #expect(store.commitCount > created)
        for commits in created...store.commitCount {
            let again = try await WorkflowEngine.open(in: store.image(afterCommits: commits)) {
                $0.clock = VirtualClock()
                provider.register(in: &$0)
            }
            let execution = try await again.startOrAttach("orders", name: "1", input: order)
            #expect(try await execution.result(as: Receipt.self) == Receipt(charged: 7))
            await again.shutdown()
        }
        #expect(await provider.charges == 1)
    }

    @Test("handlers are called as the engine calls them, without one")
    func harness() async throws {
        let provider = Provider()
        let harness = HandlerHarness { provider.register(in: &$0) }
        let order = Order(id: "17", cents: 4_200)
        let good = await harness.run("charge-card", input: order)
        #expect(try good.output(as: Receipt.self) == Receipt(charged: 4_200))
        #expect(good.heartbeats == 1)
        let large = await harness.run("charge-card", input: Order(id: "18", cents: 20_000))
        #expect(large.error == "CardDeclined" && large.cause == "18")
        #expect(throws: HandlerFailed.self) { _ = try large.output(as: Receipt.self) }
        let odd = await harness.run("charge-card", input: "no order")
        #expect(odd.error == "States.TaskFailed")
        #expect(await harness.run("ship", input: order).error == "Stepwell.NoHandler")
    }

    @Test("a handler that is called twice with one key charges once")
    func redelivery() async throws {
        let provider = Provider()
        let harness = HandlerHarness { provider.register(in: &$0) }
        let order = Order(id: "17", cents: 4_200)
        let (first, second) = await harness.redeliver("charge-card", input: order)
        #expect(first == second)
        #expect(await provider.charges == 1)
        _ = await harness.run("charge-card", input: order, number: 2)
        #expect(await provider.charges == 2)
    }
}
