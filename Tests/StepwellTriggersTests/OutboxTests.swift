import Logging
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import StepwellTriggers
import Synchronization
import Testing

/// The outbox with an engine over a simulated store: deliveries start executions once, failed ones
/// are tried again under a virtual clock, hopeless ones become dead letters.
struct OutboxTests {
    private static let machine = "arn:aws:states:us-east-1:000000000000:stateMachine:m"
    private static let definition = #"{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}"#

    /// An engine with triggers over stores that outlive them.
    private struct Life {
        let engine: Engine
        let triggers: Triggers

        init(_ store: SimulatedStore, _ rows: SimulatedTriggerStore, _ clock: VirtualClock) throws {
            var configuration = EngineConfiguration()
            configuration.silence()
            engine = try Engine(store: store, configuration: configuration, clock: clock)
            triggers = try Triggers(
                store: rows,
                engine: engine,
                entropy: SeededEntropy(seed: 7),
                logger: .silent
            )
            triggers.start()
        }

        func end() async {
            await triggers.shutdown()
            await engine.shutdown()
        }

        func create(_ type: StateMachineType = .standard) async throws {
            _ = try await engine.createStateMachine(
                CreateStateMachineRequest(
                    name: "m",
                    definition: OutboxTests.definition,
                    roleARN: "arn:aws:iam::000000000000:role/r",
                    type: type
                )
            )
        }
    }

    private func rule(_ life: Life, _ change: (inout RuleTarget) -> Void = { _ in }) async throws {
        var rule = Rule(bus: EventBus.defaultName, name: "r")
        rule.pattern = #"{"source":["shop"]}"#
        try await life.triggers.events.putRule(rule)
        var target = RuleTarget(id: "t", arn: Self.machine)
        change(&target)
        try await life.triggers.events.putTargets([target], rule: "r", of: EventBus.defaultName)
    }

    private func send(_ life: Life) async throws -> String {
        var entry = EventEntry()
        entry.source = "shop"
        entry.detailType = "Order"
        entry.detail = "{}"
        return try await life.triggers.events.putEvents([entry])[0].get()
    }

    /// Looks again and again until there is what is waited for.
    private func eventually<Value>(_ look: () async throws -> Value?) async throws -> Value {
        while true {
            if let value = try await look() { return value }
            await Task.yield()
        }
    }

    @Test(arguments: [StateMachineType.standard, .express])
    func whatWasStartedIsNotStartedAgain(type: StateMachineType) async throws {
        let (store, rows) = (SimulatedStore(), SimulatedTriggerStore())
        let clock = VirtualClock(skips: false)
        let first = try Life(store, rows, clock)
        try await first.create(type)
        try await rule(first)
        _ = try await send(first)
        // The outbox is empty when the execution is there and that is recorded.
        _ = try await eventually { try rows.allRows(of: .delivery).isEmpty ? true : nil }
        let commits = rows.commitCount
        let started = store.allTurns().count
        await first.end()
        // A crash after the start, before it was recorded: the delivery is in the outbox again.
        let again = rows.image(afterCommits: commits - 1)
        #expect(try again.allRows(of: .delivery).count == 1)
        let second = try Life(store.image(), again, clock)
        _ = try await eventually { try again.allRows(of: .delivery).isEmpty ? true : nil }
        #expect(try again.allRows(of: .deadLetter).isEmpty)
        await second.end()
        #expect(store.allTurns().count == started)
    }

    @Test
    func aHopelessDeliveryIsKeptAndRedriven() async throws {
        let (store, rows) = (SimulatedStore(), SimulatedTriggerStore())
        let life = try Life(store, rows, VirtualClock(skips: false))
        try await rule(life)
        let id = try await send(life)
        let letter = try await eventually {
            try await life.triggers.deadLetters.page(after: nil, limit: 10).letters.first
        }
        #expect(letter.errorCode == "StateMachineDoesNotExist")
        #expect(letter.condition == .notRetryable)
        #expect(letter.delivery.id.hasPrefix(id))
        try await life.create()
        let name = DeadLetterService.id(of: letter.key)
        try await life.triggers.deadLetters.redrive(name)
        _ = try await eventually { try rows.allRows(of: .delivery).isEmpty ? true : nil }
        #expect(try rows.allRows(of: .deadLetter).isEmpty)
        await #expect(throws: ServiceError.self) {
            try await life.triggers.deadLetters.redrive(name)
        }
        await life.end()
    }

    @Test
    func aBusHasAQueueForWhatItsRulesCannotDeliver() async throws {
        let life = try Life(SimulatedStore(), SimulatedTriggerStore(), VirtualClock(skips: false))
        let queue = "arn:aws:sqs:us-east-1:000000000000:dead"
        try await life.triggers.events.updateEventBus(EventBus.defaultName) {
            $0.deadLetterARN = queue
        }
        try await rule(life)
        _ = try await send(life)
        let letter = try await eventually {
            try await life.triggers.deadLetters.page(after: nil, limit: 10).letters
                .first { $0.delivery.target.arn == Self.machine }
        }
        #expect(letter.delivery.deadLetterARN == queue)
        await life.end()
    }

    @Test
    func aFailedDeliveryIsTriedUntilItsPolicyEnds() async throws {
        let (store, rows) = (SimulatedStore(), SimulatedTriggerStore())
        let clock = VirtualClock(skips: false)
        let life = try Life(store, rows, clock)
        try await life.create()
        try await rule(life) { $0.retryPolicy = RetryPolicy(maximumRetryAttempts: 3) }
        store.freeze(with: .full)
        _ = try await send(life)
        let letter = try await eventually { () -> DeadLetter? in
            clock.advance(by: .seconds(1))
            return try await life.triggers.deadLetters.page(after: nil, limit: 1).letters.first
        }
        #expect(letter.condition == .maximumRetryAttempts)
        #expect(letter.delivery.attempts == 4)
        #expect(letter.errorCode == "ServiceUnavailable")
        store.thaw()
        await life.end()
    }

    @Test
    func changesOfStatusAreEventsOnceEach() async throws {
        let (store, rows) = (SimulatedStore(), SimulatedTriggerStore())
        let clock = VirtualClock(skips: false)
        let first = try Life(store, rows, clock)
        try await first.create()
        _ = try await first.engine.startExecution(
            StartExecutionRequest(stateMachineARN: Self.machine, name: "before")
        )
        var rule = Rule(bus: EventBus.defaultName, name: "ends")
        rule.pattern = #"{"source":["aws.states"],"detail":{"status":["SUCCEEDED"]}}"#
        try await first.triggers.events.putRule(rule)
        let target = RuleTarget(id: "t", arn: "arn:aws:events:us-east-1:000000000000:event-bus/b")
        try await first.triggers.events.createEventBus(EventBus(name: "b", at: clock.now()))
        try await first.triggers.events.putTargets(
            [target],
            rule: "ends",
            of: EventBus.defaultName
        )
        var counted = Rule(bus: "b", name: "count")
        counted.pattern = #"{"source":["aws.states"]}"#
        try await first.triggers.events.putRule(counted)
        let missing = "arn:aws:states:us-east-1:000000000000:stateMachine:none"
        try await first.triggers.events.putTargets(
            [RuleTarget(id: "t", arn: missing)],
            rule: "count",
            of: "b"
        )
        let place = rows.commitCount
        for name in ["a", "b", "c"] {
            _ = try await first.engine.startExecution(
                StartExecutionRequest(stateMachineARN: Self.machine, name: name)
            )
        }
        // What reaches the second bus cannot be delivered, so that it can be counted.
        let names = { (life: Life) async throws -> [String]? in
            let letters = try await life.triggers.deadLetters.page(after: nil, limit: 100).letters
            guard letters.count >= 3 else { return nil }
            return try letters.map { letter in
                let event = try JSONParser.parse(letter.delivery.input)
                return try #require(event["detail"]?["name"]?.stringValue)
            }.sorted()
        }
        #expect(try await eventually { try await names(first) } == ["a", "b", "c"])
        await first.end()
        // Killed before anything of it was recorded: all of it is told then.
        let second = try Life(store.image(), rows.image(afterCommits: place), clock)
        #expect(try await eventually { try await names(second) } == ["a", "b", "c"])
        await second.end()
    }

    @Test
    func aRuleDoesNotStartItselfForEver() async throws {
        let (store, rows) = (SimulatedStore(), SimulatedTriggerStore())
        let life = try Life(store, rows, VirtualClock(skips: false))
        try await life.create()
        // Two rules that take every change of every execution.
        for name in ["first", "second"] {
            var rule = Rule(bus: EventBus.defaultName, name: name)
            rule.pattern = #"{"source":["aws.states"]}"#
            try await life.triggers.events.putRule(rule)
            try await life.triggers.events.putTargets(
                [RuleTarget(id: "t", arn: Self.machine)],
                rule: name,
                of: EventBus.defaultName
            )
        }
        _ = try await life.engine.startExecution(
            StartExecutionRequest(stateMachineARN: Self.machine, name: "by-hand")
        )
        // Two changes start two executions each, and those two each by the other rule.
        let expected = 1 + 2 * 2 + 4 * 2
        let list = ListExecutionsRequest(stateMachineARN: Self.machine, statusFilter: .succeeded)
        let seen = try await eventually { () -> [ExecutionListItem]? in
            let items = try await life.engine.listExecutions(list).items
            return items.count >= expected ? items : nil
        }
        let first = try #require(seen.first { $0.name != "by-hand" })
        let shown = try await life.engine.describeExecution(arn: first.executionARN)
        #expect(shown.traceHeader?.contains(";Lineage=") ?? false)
        _ = try await eventually { try rows.allRows(of: .delivery).isEmpty ? true : nil }
        #expect(try await life.engine.listExecutions(list).items.count == expected)
        await life.end()
    }
}
