import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

/// Children of a Map Run that is redriven before the order to stop them was done.
@Suite("Map Runs redriven at once", .timeLimit(.minutes(2)))
struct LateStopTests {
    private static func machine(_ activity: String) -> String {
        #"""
        {"StartAt":"M","States":{"M":{"Type":"Map","Label":"each","End":true,
         "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"T","States":{"T":{"Type":"Task","Resource":"\#(activity)","End":true}}}}}}
        """#
    }

    private func task(_ engine: Engine, _ activity: String) async throws -> ActivityTask {
        while true {
            if let task = try await engine.getActivityTask(arn: activity, workerName: nil) {
                return task
            }
        }
    }

    @Test(
        "a child that ran on succeeds or is redriven, and the run ends",
        arguments: [true, false]
    )
    func runningOn(succeeds: Bool) async throws {
        let gate = Gate()
        var configuration = EngineConfiguration()
        configuration.silence()
        let engine = try Engine(
            store: ShapedStore(beforeLookup: { if $0.hasSuffix("/each") { gate.pass() } }),
            configuration: configuration,
            clock: VirtualClock(skips: false)
        )
        let activity = try await engine.createActivity(name: "a").activityARN
        let machine = try await engine.create("m", Self.machine(activity))
        let parent = try await engine.start(machine, input: "[0,1]")
        var tokens: [String: String] = [:]
        while tokens.count < 2 {
            let task = try await task(engine, activity)
            tokens[task.input.string] = task.taskToken
        }
        // The order to stop the other child has to find it by its name first.
        gate.close()
        let failing = try #require(tokens["0"])
        try await engine.sendTaskFailure(token: failing, error: "Bad", cause: nil)
        #expect(try await engine.waitForExecution(arn: parent).status == .failed)
        _ = try await engine.redriveExecution(arn: parent, clientToken: nil)
        gate.open()
        let again = try await task(engine, activity)
        #expect(again.input.string == "0")
        let running = try #require(tokens["1"])
        if succeeds {
            try await engine.sendTaskSuccess(token: running, output: Array("1".utf8))
        } else {
            try await engine.sendTaskFailure(token: running, error: "Bad", cause: nil)
            let redriven = try await task(engine, activity)
            #expect(redriven.input.string == "1")
            try await engine.sendTaskSuccess(token: redriven.taskToken, output: Array("1".utf8))
        }
        try await engine.sendTaskSuccess(token: again.taskToken, output: Array("0".utf8))
        let ended = try await engine.waitForExecution(arn: parent)
        #expect(ended.output?.string == "[0,1]")
        await engine.shutdown()
    }
}
