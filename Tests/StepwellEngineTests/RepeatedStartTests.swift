import StepwellEngine
import StepwellHistory
import StepwellTesting
import Synchronization
import Testing

/// Starts that turn out, when they are made durable, to be those of an execution that runs.
@Suite("Repeated starts", .timeLimit(.minutes(2)))
struct RepeatedStartTests {
    private final class Flag: Sendable {
        let isRaised = Atomic(false)
    }

    @Test("a worker that waits is given no task of a repeated start, and no error")
    func waitingWorker() async throws {
        var configuration = EngineConfiguration()
        configuration.silence()
        let engine = try Engine(
            store: SimulatedStore(),
            configuration: configuration,
            clock: VirtualClock(skips: false)
        )
        let activity = try await engine.createActivity(name: "a").activityARN
        let machine = try await engine.create("m", Machines.activity(activity))
        let first = try await engine.start(machine, name: "one")
        let task = try await engine.getActivityTask(arn: activity, workerName: nil)
        #expect(task != nil)
        let polled = Flag()
        let another = Task {
            defer { polled.isRaised.store(true, ordering: .releasing) }
            return try await engine.getActivityTask(arn: activity, workerName: nil)
        }
        while !polled.isRaised.load(ordering: .acquiring) {
            #expect(try await engine.start(machine, name: "one") == first)
        }
        #expect(try await another.value == nil)
        await engine.shutdown()
    }
}
