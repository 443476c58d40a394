import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

@Suite("An engine at rest", .timeLimit(.minutes(10)))
struct RestTests {
    private let store = SimulatedStore()
    private let clock = VirtualClock()

    private func engine(
        _ initiative: EngineInitiative,
        _ connectors: [any TaskConnector] = []
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.initiative = initiative
        return try Engine(
            store: store,
            configuration: configuration,
            connectors: connectors,
            clock: clock
        )
    }

    private func types(of arn: String, on engine: Engine) async throws -> [String] {
        try await engine.getExecutionHistory(GetExecutionHistoryRequest(executionARN: arn))
            .items.map { $0.body.type?.rawValue ?? "?" }
    }

    @Test("Takes nothing up, fires no timer and hands out no task")
    func nothing() async throws {
        let first = try engine(.nothing)
        let waiting = try await first.start(
            try await first.create("waits", Machines.wait(seconds: 60))
        )
        let working = try await first.start(try await first.create("works", Machines.task))
        let waits = ["ExecutionStarted", "WaitStateEntered"]
        #expect(try await types(of: waiting, on: first) == waits)
        #expect(
            try await types(of: working, on: first)
                == ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted"]
        )
        await first.shutdown()

        clock.advance(by: .seconds(3_600))
        let second = try engine(.nothing)
        let before = try store.end()
        #expect(try await second.describeExecution(arn: waiting).status == .running)
        #expect(try await types(of: waiting, on: second) == waits)
        await second.shutdown()
        #expect(try store.end() == before)

        let work = ScriptedConnector("work", answers: [.succeed(["done": true])])
        let third = try engine(.everything, [work])
        #expect(try await third.waitForExecution(arn: waiting).status == .succeeded)
        let worked = try await third.waitForExecution(arn: working)
        #expect(worked.status == .succeeded, "\(String(describing: worked.failure))")
        await third.shutdown()
    }

    @Test("Stops and redrives what it is asked to")
    func changes() async throws {
        let engine = try engine(.nothing)
        let arn = try await engine.start(
            try await engine.create("waits", Machines.wait(seconds: 60))
        )
        _ = try await engine.stopExecution(arn: arn, error: "Enough", cause: nil)
        #expect(try await engine.describeExecution(arn: arn).status == .aborted)
        _ = try await engine.redriveExecution(arn: arn, clientToken: nil)
        #expect(try await engine.describeExecution(arn: arn).status == .running)
        await engine.shutdown()
    }

    @Test("Sees to its own executions alone, if that is wanted")
    func own() async throws {
        let first = try engine(.nothing)
        let machine = try await first.create("waits", Machines.wait(seconds: 60))
        let left = try await first.start(machine)
        await first.shutdown()

        let second = try engine(.ownExecutions)
        let started = try await second.start(machine)
        #expect(try await second.waitForExecution(arn: started).status == .succeeded)
        #expect(try await second.describeExecution(arn: left).status == .running)
        await second.shutdown()
    }
}
