import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellTesting
import Testing

/// The engine with its threads, on a store in memory and a clock that skips.
@Suite("The engine", .timeLimit(.minutes(10)))
struct EngineTests {
    private func engine(
        _ store: SimulatedStore = SimulatedStore(),
        connectors: [any TaskConnector] = [],
        clock: VirtualClock = VirtualClock(),
        limits: (inout EngineLimits) -> Void = { _ in }
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        limits(&configuration.limits)
        return try Engine(
            store: store,
            configuration: configuration,
            connectors: connectors,
            clock: clock,
            entropy: SeededEntropy(seed: 7)
        )
    }

    private func create(_ engine: Engine, _ definition: String) async throws -> String {
        try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: "m",
                definition: definition,
                roleARN: "arn:aws:iam::000000000000:role/r"
            )
        ).stateMachineARN
    }

    @Test("start, wait a month, describe, history, list")
    func wholeLife() async throws {
        let engine = try engine()
        let machine = try await create(engine, Machines.wait(seconds: 30 * 86_400))
        let started = try await engine.startExecution(
            StartExecutionRequest(
                stateMachineARN: machine,
                name: "one",
                input: Array(#"{"a":[1,2.50]}"#.utf8)
            )
        )
        let closed = try await engine.waitForExecution(arn: started.executionARN)
        #expect(closed.status == .succeeded)
        #expect(closed.output?.string == #"{"a":[1,2.50]}"#)
        let waited = try #require(closed.stopDate).milliseconds - closed.startDate.milliseconds
        #expect(waited == 30 * 86_400_000)

        let history = try await engine.getExecutionHistory(
            GetExecutionHistoryRequest(executionARN: started.executionARN)
        )
        #expect(history.items.map(\.id) == Array(1...4))
        let reversed = try await engine.getExecutionHistory(
            GetExecutionHistoryRequest(executionARN: started.executionARN, reverseOrder: true)
        )
        #expect(reversed.items.map(\.id) == Array((1...4).reversed()))

        let listed = try await engine.listExecutions(
            ListExecutionsRequest(stateMachineARN: machine)
        )
        #expect(listed.items.map(\.name) == ["one"])
        let described = try await engine.describeStateMachineForExecution(
            executionARN: started.executionARN
        )
        #expect(described.definition == Machines.wait(seconds: 30 * 86_400))
        await engine.shutdown()
    }

    @Test("history pages in both directions add up")
    func historyPages() async throws {
        let engine = try engine()
        let machine = try await create(engine, Machines.endless)
        let started = try await engine.startExecution(
            StartExecutionRequest(
                stateMachineARN: machine,
                name: "one",
                input: Array(#"{"stop":false}"#.utf8)
            )
        )
        _ = try await engine.waitForExecution(arn: started.executionARN)
        for isReversed in [false, true] {
            var ids: [EventID] = []
            var token: String?
            repeat {
                let page = try await engine.getExecutionHistory(
                    GetExecutionHistoryRequest(
                        executionARN: started.executionARN,
                        maxResults: 997,
                        reverseOrder: isReversed,
                        nextToken: token
                    )
                )
                ids += page.items.map(\.id)
                token = page.nextToken
            } while token != nil
            let expected = Array(1...EventID(ids.count))
            #expect(ids == (isReversed ? expected.reversed() : expected))
            #expect(ids.count == 25_000)
        }
        await engine.shutdown()
    }

    @Test("events are given as they happen, and end with the execution")
    func liveEvents() async throws {
        let connector = ScriptedConnector("work", answers: [.succeed(.bool(true))])
        let engine = try engine(connectors: [connector])
        let machine = try await create(engine, Machines.task)
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine, name: "one")
        )
        var ids: [EventID] = []
        for try await event in engine.events(of: started.executionARN) { ids.append(event.id) }
        #expect(ids == Array(1...EventID(ids.count)))
        #expect(ids.count == 7)
        #expect(connector.inputs.count == 1)
        await engine.shutdown()
    }

    @Test("a resource that nothing serves fails the task by name")
    func noHandler() async throws {
        let engine = try engine()
        let machine = try await create(engine, Machines.task)
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine)
        )
        let closed = try await engine.waitForExecution(arn: started.executionARN)
        #expect(closed.status == .failed)
        #expect(closed.failure?.error == "Stepwell.NoHandler")
        #expect(closed.failure?.cause?.contains("'work'") == true)
        var types: [HistoryEventType?] = []
        for try await event in engine.events(of: started.executionARN) {
            types.append(event.body.type)
        }
        #expect(
            types == [
                .executionStarted, .taskStateEntered, .taskScheduled, .taskStartFailed,
                .executionFailed,
            ]
        )
        await engine.shutdown()
    }

    @Test("a connector that is registered later does what could not be started before")
    func registeredLater() async throws {
        let registry = ConnectorRegistry()
        let offer = TaskOffer(resource: "work", stateName: "A", stateMachineARN: "m")
        #expect(!registry.serves(offer))
        registry.register(ScriptedConnector("work", answers: [.succeed(.bool(true))]))
        #expect(registry.serves(offer))
        #expect(registry.serves(offer), "the answer that is remembered")
        #expect(!registry.serves(TaskOffer(resource: "Work", stateName: "A", stateMachineARN: "m")))
    }

    @Test("an engine opened on what another left goes on with it")
    func reopen() async throws {
        let store = SimulatedStore()
        // The worker is outside: to a clock that skips, its work is time that passes.
        let first = try engine(store, clock: VirtualClock(skips: false))
        let arn = "arn:aws:states:us-east-1:000000000000:activity:pack"
        _ = try await first.createActivity(name: "pack")
        let machine = try await create(first, Machines.activity(arn, timeout: 9_999_999))
        let started = try await first.startExecution(
            StartExecutionRequest(stateMachineARN: machine, name: "one")
        )
        await first.shutdown()

        let second = try engine(store, clock: VirtualClock(skips: false))
        let task = try #require(
            try await second.getActivityTask(arn: arn, workerName: "w")
        )
        try await second.sendTaskSuccess(token: task.taskToken, output: Array("42".utf8))
        let closed = try await second.waitForExecution(arn: started.executionARN)
        #expect(closed.output?.string == "42")
        await #expect(throws: ServiceError.self) {
            try await second.sendTaskSuccess(token: task.taskToken, output: Array("43".utf8))
        }
        await second.shutdown()
    }

    @Test("handlers are cancelled when their execution is stopped, and by shutdown")
    func cancellation() async throws {
        let endless = EndlessConnector()
        let engine = try engine(connectors: [endless])
        let machine = try await create(engine, Machines.task)
        let stopped = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine, name: "stopped")
        )
        await endless.waitUntilStarted(1)
        _ = try await engine.stopExecution(arn: stopped.executionARN, error: "E", cause: nil)
        await endless.waitUntilCancelled(1)
        _ = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine, name: "shut")
        )
        await endless.waitUntilStarted(2)
        await engine.shutdown()
        await endless.waitUntilCancelled(2)
    }

    @Test("a thousand executions at once all end, few states stay in memory")
    func thousand() async throws {
        let store = SimulatedStore()
        let engine = try engine(store) { $0.residentExecutions = 50 }
        let machine = try await create(engine, Machines.wait(seconds: 60))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<1_000 {
                group.addTask {
                    let started = try await engine.startExecution(
                        StartExecutionRequest(stateMachineARN: machine, name: "e\(index)")
                    )
                    let closed = try await engine.waitForExecution(arn: started.executionARN)
                    #expect(closed.status == .succeeded)
                }
            }
            try await group.waitForAll()
        }
        #expect(store.commitCount < 3_000)
        await engine.shutdown()
    }

    @Test("a failing commit fails its callers and the engine goes on")
    func failingCommit() async throws {
        let store = SimulatedStore()
        let engine = try engine(store)
        let machine = try await create(engine, Machines.pass)
        store.failAppend(1, with: .failed)
        await #expect(throws: ServiceError.self) {
            try await engine.startExecution(
                StartExecutionRequest(stateMachineARN: machine, name: "one")
            )
        }
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine, name: "one")
        )
        let closed = try await engine.waitForExecution(arn: started.executionARN)
        #expect(closed.status == .succeeded)
        await engine.shutdown()
    }

    @Test("after shutdown every request is refused")
    func afterShutdown() async throws {
        let engine = try engine()
        await engine.shutdown()
        let error = await #expect(throws: ServiceError.self) {
            try await engine.startExecution(
                StartExecutionRequest(
                    stateMachineARN: "arn:aws:states:us-east-1:000000000000:stateMachine:m"
                )
            )
        }
        #expect(error?.code == "ServiceUnavailable")
    }
}
