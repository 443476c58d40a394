import Foundation
import Stepwell
import StepwellTesting
import Testing

/// Schedules and rules of an engine in the process.
@Suite("Schedules and rules", .timeLimit(.minutes(10)))
struct ScheduleTests {
    private static let echo = Definition.json(
        #"{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}"#
    )
    /// 2026-11-29T00:00:00Z, a Sunday.
    private static let midnight = Timestamp(milliseconds: 1_795_910_400_000)
    private static let day: Int64 = 86_400_000

    private func open(
        _ path: String,
        at time: Timestamp
    ) async throws -> (
        WorkflowEngine, VirtualClock
    ) {
        let clock = VirtualClock(start: time, skips: false)
        let engine = try await WorkflowEngine.open(at: path) { $0.clock = clock }
        try await engine.deployStateMachine("report", definition: Self.echo)
        return (engine, clock)
    }

    /// The input of the next execution that begins after a place.
    private func nextInput(
        in engine: WorkflowEngine,
        after place: ExecutionStatusChanges.Place
    ) async throws -> JSONValue? {
        for try await change in try engine.statusChanges(after: place)
        where change.status == .running {
            return try change.input(as: JSONValue.self)
        }
        return nil
    }

    @Test("a nightly schedule starts its state machine, and is made up for after a night off")
    func nightly() async throws {
        let directory = try TemporaryDirectory()
        try await schedule(in: directory.path)
        try await makeUp(in: directory.path)
    }

    /// Has the night's execution run, and leaves.
    private func schedule(in path: String) async throws {
        let (engine, clock) = try await open(path, at: Self.midnight)
        var schedule = WorkflowSchedule(
            "cron(0 3 * * ? *)",
            timeZone: "Europe/Berlin",
            starts: "report",
            input: ["kind": "nightly"]
        )
        schedule.description = "every night"
        try await engine.putSchedule("nightly", schedule)
        try await engine.putSchedule("nightly", schedule)
        let known = try await engine.describeSchedule("nightly")
        #expect(known.nextDate == Timestamp(rfc3339: "2026-11-29T02:00:00Z"))
        #expect(known.schedule.input == ["kind": "nightly"])
        #expect(known.schedule.description == "every night")
        #expect(try await engine.schedules.array().map(\.name) == ["nightly"])

        let place = try engine.statusChanges().start
        engine.resume()
        clock.advance(by: .seconds(3 * 3_600))
        #expect(try await nextInput(in: engine, after: place) == ["kind": "nightly"])
        await engine.shutdown()
    }

    /// Two nights later the last of them is made up for.
    private func makeUp(in path: String) async throws {
        let later = Timestamp(
            milliseconds: Self.midnight.milliseconds + 2 * Self.day + Self.day / 2
        )
        let (engine, _) = try await open(path, at: later)
        let place = try engine.statusChanges().start
        engine.resume()
        #expect(try await nextInput(in: engine, after: place) == ["kind": "nightly"])
        #expect(try await engine.executions(of: "report").array().count == 2)
        try await engine.deleteSchedule("nightly")
        let gone = await #expect(throws: StepwellError.self) {
            try await engine.describeSchedule("nightly")
        }
        #expect(gone?.code == "ResourceNotFoundException")
        await engine.shutdown()
    }

    @Test("a schedule in a store in memory is made up for in another life")
    func inMemory() async throws {
        let store = MemoryStore()
        let clock = VirtualClock(start: Self.midnight, skips: false)
        let first = try await WorkflowEngine.open(in: store) { $0.clock = clock }
        try await first.deployStateMachine("report", definition: Self.echo)
        let schedule = WorkflowSchedule("cron(0 3 * * ? *)", starts: "report", input: [1])
        try await first.putSchedule("nightly", schedule)
        await first.shutdown()
        let later = VirtualClock(
            start: Timestamp(milliseconds: Self.midnight.milliseconds + Self.day),
            skips: false
        )
        let again = try await WorkflowEngine.open(in: store.image(), isSuspended: true) {
            $0.clock = later
        }
        let place = try again.statusChanges().start
        again.resume()
        #expect(try await nextInput(in: again, after: place) == [1])
        await again.shutdown()
    }

    @Test("what no schedule can be is refused")
    func refusals() async throws {
        let directory = try TemporaryDirectory()
        let (engine, _) = try await open(directory.path, at: Self.midnight)
        for (expression, zone) in [("cron(0 3 * * *)", "UTC"), ("rate(1 day)", "Nowhere/Land")] {
            let refused = await #expect(throws: StepwellError.self) {
                try await engine.putSchedule(
                    "s",
                    WorkflowSchedule(expression, timeZone: zone, starts: "report")
                )
            }
            #expect(refused?.code == .validation)
        }
        #expect(try await engine.schedules.array().isEmpty)
        await engine.shutdown()
    }

    @Test("an event starts what a rule says")
    func events() async throws {
        let directory = try TemporaryDirectory()
        let (engine, _) = try await open(directory.path, at: Self.midnight)
        let place = try engine.statusChanges().start
        try await engine.putRule("placed", matching: ["source": ["shop"]], starts: "report")
        // Sent to a suspended engine it is kept until the engine is resumed.
        let id = try await engine.putEvent(
            source: "shop",
            detailType: "Order placed",
            detail: ["order": 17]
        )
        engine.resume()
        let event = try await nextInput(in: engine, after: place)
        #expect(event?["id"]?.stringValue == id)
        #expect(event?["detail"] == ["order": 17])
        try await engine.deleteRule("placed")
        try await engine.deleteRule("placed")
        await engine.shutdown()
    }
}
