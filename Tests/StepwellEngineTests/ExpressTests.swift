import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

/// Express workflows: every start is an execution of its own, five minutes long at most.
@Suite("Express workflows", .timeLimit(.minutes(10)))
struct ExpressTests {
    private func engine(
        _ change: (inout EngineConfiguration) -> Void = { _ in }
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        change(&configuration)
        return try Engine(
            store: SimulatedStore(),
            configuration: configuration,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 7)
        )
    }

    private func create(
        _ engine: Engine,
        _ definition: String,
        type: StateMachineType = .express
    ) async throws -> String {
        try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: "m",
                definition: definition,
                roleARN: "arn:aws:iam::000000000000:role/r",
                type: type
            )
        ).stateMachineARN
    }

    @Test("a synchronous start answers with the end, billed by the 100 ms")
    func synchronous() async throws {
        let engine = try engine()
        let machine = try await create(engine, Machines.wait(seconds: 3))
        let request = StartExecutionRequest(
            stateMachineARN: machine,
            name: "one",
            input: Array(#"{"a":1}"#.utf8)
        )
        let first = try await engine.startSyncExecution(request)
        let second = try await engine.startSyncExecution(request)
        #expect(first.execution.status == .succeeded)
        #expect(first.execution.name == "one")
        #expect(first.execution.output?.string == #"{"a":1}"#)
        #expect(
            first.execution.executionARN.hasPrefix(
                "arn:aws:states:us-east-1:000000000000:express:m:one:"
            )
        )
        #expect(first.execution.executionARN != second.execution.executionARN)
        #expect(first.billedDurationInMilliseconds == 3_000)
        #expect(first.billedMemoryUsedInMB == 64)
        await engine.shutdown()
    }

    @Test(
        "five minutes, or what the definition says if that is less",
        arguments: [
            ("", 300_000), (#""TimeoutSeconds":7,"#, 7_000), (#""TimeoutSeconds":900,"#, 300_000),
        ]
    )
    func fiveMinutes(limit: String, milliseconds: Int64) async throws {
        let engine = try engine()
        let definition = Machines.wait(seconds: 3_600).dropFirst()
        let machine = try await create(engine, "{" + limit + definition)
        let request = StartExecutionRequest(stateMachineARN: machine)
        let response = try await engine.startSyncExecution(request)
        #expect(response.execution.status == .timedOut)
        let (start, stop) = (response.execution.startDate, response.execution.stopDate)
        #expect(stop == start.advanced(byMilliseconds: milliseconds))
        await engine.shutdown()
    }

    @Test("no quota of history events, unless one is set")
    func historyEvents() async throws {
        let loop = #"""
            {"QueryLanguage":"JSONata","StartAt":"A","States":{
             "A":{"Type":"Pass","Assign":{"n":"{% $states.input %}"},"Next":"B"},
             "B":{"Type":"Choice","Default":"D","Choices":[
              {"Condition":"{% $n > 0 %}","Next":"C"}]},
             "C":{"Type":"Pass","Assign":{"n":"{% $n - 1 %}"},"Next":"B"},
             "D":{"Type":"Succeed"}}}
            """#
        for (quota, status) in [(nil, ExecutionStatus.succeeded), (100, .failed)] {
            let engine = try engine {
                $0.executionLimits.historyEvents = 50
                if let quota { $0.expressHistoryEvents = Int64(quota) }
            }
            let machine = try await create(engine, loop)
            let request = StartExecutionRequest(stateMachineARN: machine, input: Array("60".utf8))
            let response = try await engine.startSyncExecution(request)
            #expect(response.execution.status == status)
            await engine.shutdown()
        }
    }

    @Test("a standard workflow is not started synchronously")
    func standard() async throws {
        let engine = try engine()
        let machine = try await create(engine, Machines.pass, type: .standard)
        await #expect(throws: ServiceError.self) {
            try await engine.startSyncExecution(StartExecutionRequest(stateMachineARN: machine))
        }
        await engine.shutdown()
    }
}
