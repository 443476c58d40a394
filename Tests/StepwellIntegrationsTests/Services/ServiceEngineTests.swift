import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellInterpreter
import StepwellJSON
import StepwellTesting
import Synchronization
import Testing

/// Jobs of whole executions: over restarts, and when their executions end before them.
@Suite("Jobs of executions", .timeLimit(.minutes(10)))
struct ServiceEngineTests {
    private static let definition = #"""
        {"StartAt": "J", "States": {"J": {"Type": "Task", MORE
          "Resource": "arn:aws:states:::glue:startJobRun.sync",
          "Parameters": {"JobName": "j"}, "End": true}}}
        """#

    /// Glue, with jobs that run until they are let go on; what it was told outlives engines.
    private final class Glue: Sendable {
        private struct State: Sendable {
            var submitted = 0
            var stopped: [String] = []
            var looks = 0
            var isOver = false
        }

        private let state = Mutex(State())

        var submitted: Int { state.withLock { $0.submitted } }
        var stopped: [String] { state.withLock { $0.stopped } }
        var looks: Int { state.withLock { $0.looks } }

        func end() { state.withLock { $0.isOver = true } }

        func connector() -> ServiceConnector {
            let aws = FakeAWS { [self] call, _ throws(AWSFault) in
                switch call.action {
                case "StartJobRun":
                    let number = state.withLock { state in
                        state.submitted += 1
                        return state.submitted
                    }
                    return AWSAnswer(output: ["JobRunId": .string("r\(number)")])
                case "BatchStopJobRun":
                    let id = call.parameters["JobRunIds"]?[0]?.stringValue ?? ""
                    state.withLock { $0.stopped.append(id) }
                    return AWSAnswer(output: [:])
                default:
                    let isOver = state.withLock { state in
                        state.looks += 1
                        return state.isOver
                    }
                    let status: JSONValue = isOver ? "SUCCEEDED" : "RUNNING"
                    return AWSAnswer(output: ["JobRun": ["JobRunState": status]])
                }
            }
            return ServiceConnector(
                aws: aws,
                rest: { _ in
                    try Task.checkCancellation()
                    await Task.yield()
                }
            )
        }
    }

    private func engine(
        _ glue: Glue,
        _ store: SimulatedStore,
        _ clock: VirtualClock = VirtualClock(skips: false)
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        return try Engine(
            store: store,
            configuration: configuration,
            connectors: [glue.connector()],
            clock: clock
        )
    }

    private func start(_ engine: Engine, _ more: String = "") async throws -> String {
        let machine = try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: "m",
                definition: Self.definition.replacing("MORE", with: more),
                roleARN: "arn:aws:iam::000000000000:role/r"
            )
        ).stateMachineARN
        return try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine, input: Array("{}".utf8))
        ).executionARN
    }

    private func submitted(_ engine: Engine, _ arn: String) async throws {
        for try await event in engine.events(of: arn)
        where event.body.type == .taskSubmitted { break }
    }

    private func wait(_ condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }

    @Test("go on over a crash after any commit, and are submitted once when that is recorded")
    func restarts() async throws {
        let glue = Glue()
        let store = SimulatedStore()
        let first = try engine(glue, store)
        let arn = try await start(first)
        try await submitted(first, arn)
        await wait { glue.looks > 3 }
        // As after kill -9: nothing but the store is left.
        let left = store.image()
        await first.shutdown()
        #expect(glue.stopped.isEmpty)
        let looks = glue.looks
        let second = try engine(glue, left)
        await wait { glue.looks > looks }
        glue.end()
        let ended = try await second.waitForExecution(arn: arn)
        #expect(ended.status == .succeeded)
        #expect(glue.submitted == 1)
        #expect(glue.stopped.isEmpty)
        await second.shutdown()
    }

    @Test("are stopped with their execution, once")
    func aborted() async throws {
        let glue = Glue()
        let engine = try engine(glue, SimulatedStore())
        let arn = try await start(engine)
        try await submitted(engine, arn)
        _ = try await engine.stopExecution(arn: arn, error: nil, cause: nil)
        await wait { !glue.stopped.isEmpty }
        #expect(glue.stopped == ["r1"])
        await engine.shutdown()
        #expect(glue.stopped == ["r1"])
    }

    @Test("are stopped when their task times out")
    func timeout() async throws {
        let glue = Glue()
        let clock = VirtualClock(skips: false)
        let engine = try engine(glue, SimulatedStore(), clock)
        let arn = try await start(engine, #""TimeoutSeconds": 60,"#)
        try await submitted(engine, arn)
        clock.advance(by: .seconds(61))
        let ended = try await engine.waitForExecution(arn: arn)
        #expect(ended.failure?.error == "States.Timeout")
        await wait { !glue.stopped.isEmpty }
        #expect(glue.stopped == ["r1"])
        await engine.shutdown()
    }

    @Test("are stopped by the next life of an engine that died right after the end")
    func abortedAndKilled() async throws {
        let glue = Glue()
        let store = SimulatedStore()
        let first = try engine(glue, store)
        let arn = try await start(first)
        try await submitted(first, arn)
        _ = try await first.stopExecution(arn: arn, error: nil, cause: nil)
        await first.shutdown()
        // The first commit with the end is there without the note that the job was stopped.
        for count in 1...store.commitCount {
            let other = Glue()
            let life = try engine(other, store.image(afterCommits: count))
            let found = try? await life.describeExecution(arn: arn)
            if found?.status == .aborted {
                await wait { !other.stopped.isEmpty }
                #expect(other.stopped == ["r1"])
                #expect(other.submitted == 0)
                return await life.shutdown()
            }
            await life.shutdown()
        }
        Issue.record("the end is in no commit")
    }
}
