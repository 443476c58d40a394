import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellTesting
import Synchronization
import Testing

@Suite("Permissions of tasks")
struct PermissionTests {
    /// Denies tasks of one role, and remembers who asked for what.
    private final class Gatekeeper: TaskPermissions {
        let asked = Mutex<[String]>([])

        func denial(of task: ConnectorTask) -> TaskFailure? {
            asked.withLock { $0.append("\(task.roleARN) \(task.dispatch.resource)") }
            guard task.roleARN.hasSuffix("/poor") else { return nil }
            return TaskFailure(error: "Sqs.SqsException", cause: "no")
        }
    }

    private static let resource = "arn:aws:states:::aws-sdk:sqs:sendMessage"

    private func engine(
        _ gatekeeper: Gatekeeper,
        _ connectors: [any TaskConnector]
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.permissions = gatekeeper
        let mocks = #"""
            {"StateMachines": {"m": {"TestCases": {"Case": {"Send": "Sent"}}}},
             "MockedResponses": {"Sent": {"0": {"Return": "mocked"}}}}
            """#
        configuration.mocks = FixedMocks(try MockConfiguration(Array(mocks.utf8)), name: "m")
        return try Engine(
            store: SimulatedStore(),
            configuration: configuration,
            connectors: connectors,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 7)
        )
    }

    private func run(
        _ engine: Engine,
        as role: String,
        _ testCase: String = ""
    ) async throws -> DescribeExecutionResponse {
        let definition = """
            {"StartAt": "Send", "States": {"Send": {"Type": "Task", "Resource":
              "\(Self.resource)", "Parameters": {}, "End": true}}}
            """
        let machine = try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: "m",
                definition: definition,
                roleARN: "arn:aws:iam::000000000000:role/\(role)"
            )
        ).stateMachineARN
        let started = try await engine.startExecution(
            StartExecutionRequest(stateMachineARN: machine + testCase, input: Array("{}".utf8))
        )
        return try await engine.waitForExecution(arn: started.executionARN)
    }

    @Test("A task that its role does not allow fails by name and is not given to its connector")
    func denied() async throws {
        let gatekeeper = Gatekeeper()
        let connector = ScriptedConnector(Self.resource, answers: [.succeed(.string("sent"))])
        let engine = try engine(gatekeeper, [connector])
        let result = try await run(engine, as: "poor")
        #expect(result.failure == Failure(error: "Sqs.SqsException", cause: "no"))
        #expect(connector.inputs.isEmpty)
        let asked = "arn:aws:iam::000000000000:role/poor \(Self.resource)"
        #expect(gatekeeper.asked.withLock { $0 } == [asked])
        await engine.shutdown()
    }

    @Test("One that it allows is done")
    func allowed() async throws {
        let gatekeeper = Gatekeeper()
        let connector = ScriptedConnector(Self.resource, answers: [.succeed(.string("sent"))])
        let engine = try engine(gatekeeper, [connector])
        let result = try await run(engine, as: "rich")
        #expect(result.output?.string == #""sent""#)
        #expect(gatekeeper.asked.withLock { $0.count } == 1)
        await engine.shutdown()
    }

    @Test("A mocked response needs no permission")
    func mocked() async throws {
        let gatekeeper = Gatekeeper()
        let engine = try engine(gatekeeper, [])
        let result = try await run(engine, as: "poor", "#Case")
        #expect(result.output?.string == #""mocked""#)
        #expect(gatekeeper.asked.withLock { $0.isEmpty })
        await engine.shutdown()
    }
}
