import Foundation
import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

/// The quotas of the developer guide, "Quotas", as settings.
@Suite("Quotas", .timeLimit(.minutes(10)))
struct QuotaTests {
    private func engine(
        _ change: (inout EngineConfiguration) -> Void = { _ in },
        _ store: SimulatedStore = SimulatedStore()
    ) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        change(&configuration)
        return try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 7)
        )
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? ServiceError)?.code.rawValue
        }
    }

    @Test("Open executions: ends make room, also after a restart")
    func executions() async throws {
        let store = SimulatedStore()
        let limit: (inout EngineConfiguration) -> Void = { $0.limits.openExecutions = 2 }
        let first = try engine(limit, store)
        let activity = try await first.createActivity(name: "w").activityARN
        let waiting = try await first.create("waiting", Machines.activity(activity))
        let quick = try await first.create("quick", Machines.pass)
        for _ in 0..<3 {
            let arn = try await first.start(quick)
            _ = try await first.waitForExecution(arn: arn)
        }
        _ = try await first.start(waiting, name: "one")
        _ = try await first.start(waiting, name: "two")
        #expect(await code { _ = try await first.start(quick) } == "ExecutionLimitExceeded")
        let same = try await first.start(waiting, name: "two")
        #expect(same.hasSuffix(":two"), "the same start is no new execution")
        await first.shutdown()

        let second = try engine(limit, store)
        #expect(await code { _ = try await second.start(quick) } == "ExecutionLimitExceeded")
        _ = try await second.stopExecution(arn: same, error: nil, cause: nil)
        _ = try await second.start(quick)
        _ = try await second.start(waiting, name: "three")
        #expect(await code { _ = try await second.start(waiting) } == "ExecutionLimitExceeded")
        await second.shutdown()
    }

    @Test("State machines and activities: what is there already is no more")
    func resources() async throws {
        let engine = try engine {
            $0.limits.stateMachines = 1
            $0.limits.activities = 1
        }
        let arn = try await engine.create("m", Machines.pass)
        #expect(try await engine.create("m", Machines.pass) == arn)
        let machine = await code { _ = try await engine.create("n", Machines.pass) }
        #expect(machine == "StateMachineLimitExceeded")
        _ = try await engine.createActivity(name: "a")
        let again = try await engine.createActivity(name: "a")
        let activity = await code { _ = try await engine.createActivity(name: "b") }
        #expect(activity == "ActivityLimitExceeded")
        try await engine.deleteActivity(arn: again.activityARN)
        try await engine.deleteStateMachine(arn: arn)
        _ = try await engine.createActivity(name: "b")
        _ = try await engine.create("n", Machines.pass)
        await engine.shutdown()
    }

    @Test("Pollers of an activity")
    func pollers() throws {
        let rig = try Rig(limits: { $0.pollersPerActivity = 1 })
        rig.simulation.createActivity("w")
        rig.settle()
        let first = rig.simulation.poll("w", id: 1)
        let second = rig.simulation.poll("w", id: 2)
        rig.settle()
        #expect(first.value == nil)
        #expect(second.error?.code == "ActivityWorkerLimitExceeded")
    }

    @Test("Payloads may be larger when that is set, through every step of an execution")
    func payloads() async throws {
        let text = "\"" + String(repeating: "x", count: 1_000_000) + "\""
        let raised = try engine { $0.executionLimits.payloadBytes = 2_000_000 }
        let activity = try await raised.createActivity(name: "w").activityARN
        let arn = try await raised.create("m", Machines.activity(activity))
        let execution = try await raised.start(arn, input: text)
        let task = try #require(try await raised.getActivityTask(arn: activity, workerName: nil))
        #expect(task.input.text.count == text.utf8.count)
        try await raised.sendTaskSuccess(token: task.taskToken, output: Array(text.utf8))
        let end = try await raised.waitForExecution(arn: execution)
        #expect(end.status == .succeeded)
        #expect(end.output?.text.count == text.utf8.count)
        await raised.shutdown()

        let plain = try engine()
        let other = try await plain.create("m", Machines.pass)
        #expect(await code { _ = try await plain.start(other, input: text) } != nil)
        await plain.shutdown()
    }

    @Test("Open activities of one execution: the third is not scheduled where two may be open")
    func openActivities() async throws {
        for limit in [2, 3] {
            let engine = try engine { $0.limits.openActivitiesPerExecution = limit }
            let activity = try await engine.createActivity(name: "w").activityARN
            let branches = ["T", "U", "V"].map {
                Machines.activity(activity).replacing(#""T""#, with: "\"\($0)\"")
            }
            let arn = try await engine.create(
                "m",
                #"{"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":["#
                    + "\(branches.joined(separator: ","))]}}}"
            )
            let execution = try await engine.start(arn)
            var types: [HistoryEventType] = []
            for try await event in engine.events(of: execution) {
                if case .activity = event.body, let type = event.body.type { types.append(type) }
                if types.count == 3 { break }
            }
            let last: HistoryEventType =
                limit == 2 ? .activityScheduleFailed : .activityScheduled
            #expect(types == [.activityScheduled, .activityScheduled, last])
            if limit == 2 {
                let end = try await engine.waitForExecution(arn: execution)
                #expect(end.failure?.error == "States.TaskFailed")
            }
            await engine.shutdown()
        }
    }

    @Test("An execution fails when its history is full; the number can be set")
    func historyEvents() async throws {
        let engine = try engine { $0.executionLimits.historyEvents = 100 }
        let arn = try await engine.create("m", Machines.endless)
        let execution = try await engine.start(arn, input: #"{"stop":false}"#)
        let end = try await engine.waitForExecution(arn: execution)
        #expect(end.status == .failed)
        let request = GetExecutionHistoryRequest(executionARN: execution, maxResults: 1_000)
        #expect(try await engine.getExecutionHistory(request).items.count == 100)
        await engine.shutdown()
    }
}
