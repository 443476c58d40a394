import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

@Suite("The dispatcher", .timeLimit(.minutes(10)))
struct DispatcherTests {
    @Test("Tasks that queue without room are told again when their turn comes")
    func recall() async throws {
        let connector = ScriptedConnector(
            "arn:aws:states:::sqs:sendMessage",
            answers: [.succeed(.bool(true))]
        )
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.limits.queuedTaskBytes = 0
        configuration.limits.concurrentTasks = 1
        let engine = try Engine(
            store: SimulatedStore(),
            configuration: configuration,
            connectors: [connector],
            clock: VirtualClock()
        )
        let machine = try await engine.create(
            "m",
            #"""
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
              "StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                "Resource": "arn:aws:states:::sqs:sendMessage"}}}}}}
            """#
        )
        let arn = try await engine.start(machine, input: "[0,1,2,3,4,5,6,7,8,9]")
        let result = try await engine.waitForExecution(arn: arn)
        #expect(result.status == .succeeded)
        #expect(connector.inputs.count == 10)
        await engine.shutdown()
    }
}
