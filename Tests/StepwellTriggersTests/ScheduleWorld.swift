import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

@testable import StepwellTriggers

/// A scheduler over a simulated store and clock, gone on with by hand.
final class ScheduleWorld: Sendable {
    let store: SimulatedTriggerStore
    let clock: VirtualClock
    let ledger: TriggerLedger
    let scheduler: Scheduler

    static let target = "arn:aws:states:us-east-1:000000000000:stateMachine:m"

    /// A world that begins at a time, with what a store holds.
    init(
        _ store: SimulatedTriggerStore = SimulatedTriggerStore(),
        at start: String = "2026-01-01T00:00:00Z",
        seed: UInt64 = 1
    ) async throws {
        self.store = store
        clock = VirtualClock(start: try Self.time(start), skips: false)
        let bell = ScheduleBell()
        ledger = try TriggerLedger(store: store, components: [bell], logger: .silent)
        scheduler = Scheduler(
            ledger: ledger,
            store: store,
            bell: bell,
            rules: ScheduleRules(region: "us-east-1", account: "000000000000"),
            clock: clock,
            entropy: SeededEntropy(seed: seed),
            logger: .silent
        )
        ledger.start()
        try await scheduler.prepareGroups()
    }

    static func time(_ text: String) throws -> Timestamp {
        let clock = try #require(CivilTime(text.dropLast()))
        return Timestamp(milliseconds: clock.seconds * 1_000)
    }

    static func definition(
        _ expression: String,
        _ members: [(String, JSONValue)] = [],
        target: [(String, JSONValue)] = []
    ) throws -> ScheduleDefinition {
        var json: JSONObject = [
            "ScheduleExpression": .string(expression),
            "FlexibleTimeWindow": ["Mode": "OFF"],
        ]
        var reached: JSONObject = [
            "Arn": .string(Self.target), "RoleArn": "arn:aws:iam::000000000000:role/any",
        ]
        for (key, value) in target { reached[key] = value }
        json["Target"] = .object(reached)
        for (key, value) in members { json[key] = value }
        return try #require(ScheduleDefinition(.object(json)))
    }

    static func name(_ name: String, in group: String = "default") -> Schedule.Name {
        Schedule.Name(group: group, name: name)
    }

    /// Creates a schedule.
    func create(
        _ name: String = "s",
        _ expression: String,
        _ members: [(String, JSONValue)] = [],
        target: [(String, JSONValue)] = []
    ) async throws {
        _ = try await scheduler.create(
            Self.name(name),
            Self.definition(expression, members, target: target),
            clientToken: nil
        )
    }

    /// Lets time pass to a time, a step after the other, going on with what is due.
    func advance(to text: String, by step: Duration = .seconds(30)) async throws {
        let end = try Self.time(text)
        while clock.now() < end {
            clock.advance(by: step)
            await scheduler.fireAll()
        }
    }

    /// Lets time pass in which nothing runs, then goes on with what is due.
    func sleep(to text: String) async throws {
        clock.advance(to: try Self.time(text))
        await scheduler.fireAll()
    }

    /// What is to be delivered, in the order of the times.
    func deliveries() throws -> [Delivery] {
        try store.allRows(of: .delivery).compactMap { Delivery($0) }
    }

    /// The times of what is to be delivered.
    func times() throws -> [String] {
        try deliveries().map { String($0.time.rfc3339Seconds.dropFirst(5)) }
    }
}
