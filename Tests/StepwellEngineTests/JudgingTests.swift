import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellLanguage
import StepwellTesting
import Synchronization
import Testing

/// Large definitions are judged, and states tried, by threads of their own.
@Suite("Judging and trying", .timeLimit(.minutes(10)))
struct JudgingTests {
    private final class Begun: Sendable {
        let count = Atomic(0)
    }

    private func engine(_ store: SimulatedStore) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        return try Engine(store: store, configuration: configuration, clock: VirtualClock())
    }

    @Test("keep nobody from being started and probed")
    func standstill() async throws {
        let store = SimulatedStore()
        let first = try engine(store)
        let machine = try await first.create("m", Machines.pass)
        await first.shutdown()
        // Nothing is compiled in this life.
        let engine = try engine(store.image())
        let gate = Gate()
        let begun = Begun()
        gate.close()
        let held = (0..<2).map { _ in
            Task {
                try await engine.judging.read(.page) {
                    begun.count.add(1, ordering: .relaxed)
                    gate.pass()
                }
            }
        }
        while begun.count.load(ordering: .relaxed) < 2 { await Task.yield() }
        async let validation = engine.validateDefinition(
            Machines.pass,
            type: .standard,
            severity: .error,
            maxResults: 0
        )
        async let description = engine.describeStateMachine(arn: machine)
        async let trial = engine.testState(
            TestStateRequest(definition: #"{"Type": "Pass", "End": true}"#)
        )
        async let other = engine.create("other", Machines.wait(seconds: 1))
        while engine.judging.queued < 4 { await Task.yield() }

        try await engine.checkReadiness()
        let execution = try await engine.start(machine)
        #expect(try await engine.waitForExecution(arn: execution).status == .succeeded)
        #expect(engine.judging.queued == 4)

        gate.open()
        for task in held { try await task.value }
        #expect(try await validation.isValid)
        #expect(try await description.definition == Machines.pass)
        #expect(try await trial.outcome.status == .succeeded)
        #expect(try await other.hasSuffix(":other"))
        await engine.shutdown()
    }

    @Test("the inputs of a tried Map's iterations have a bound together")
    func iterations() async throws {
        let engine = try engine(SimulatedStore())
        var request = TestStateRequest(
            definition: #"""
                {"QueryLanguage": "JSONata", "Type": "Map", "End": true,
                 "Items": "{% [1..2000] %}",
                 "ItemSelector": {"n": "{% $sum($map([1..20000],function($v){$v*2})) %}"},
                 "ItemProcessor": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}
                """#
        )
        request.mock = TestStateRequest.Mock(
            result: "[]",
            errorOutput: nil,
            fieldValidationMode: .none
        )
        let response = try await engine.testState(request)
        #expect(response.outcome.status == .failed)
        #expect(response.outcome.failure?.cause?.contains("iterations") == true)
        await engine.shutdown()
    }
}
