import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

@testable import StepwellTriggers

/// What the scheduler's operations do and refuse.
struct SchedulerAPITests {
    private let name = ScheduleWorld.name("s")

    @Test("one of a name, and a request that comes again")
    func creating() async throws {
        let world = try await ScheduleWorld()
        let definition = try ScheduleWorld.definition("rate(1 hour)")
        let scheduler = world.scheduler
        let arn = try await scheduler.create(name, definition, clientToken: "t")
        #expect(arn == "arn:aws:scheduler:us-east-1:000000000000:schedule/default/s")
        #expect(try await scheduler.create(name, definition, clientToken: "t") == arn)
        await #expect(throws: ServiceError.scheduleExists("s")) {
            try await scheduler.create(name, definition, clientToken: "u")
        }
        let other = try ScheduleWorld.definition("rate(2 hours)")
        await #expect(throws: ServiceError.tokenUsed("t")) {
            try await scheduler.create(name, other, clientToken: "t")
        }
        await #expect(throws: ServiceError.scheduleGroupNotFound("g")) {
            try await scheduler.create(
                ScheduleWorld.name("s", in: "g"),
                definition,
                clientToken: nil
            )
        }
    }

    @Test(
        "what is not valid",
        arguments: [
            ("rate(5)", [], [], "Invalid Schedule Expression rate(5)."),
            ("rate(5 minutes)", [("ScheduleExpressionTimezone", "Mars/X")], [], "Mars/X"),
            (
                "at(2026-03-29T02:30:00)", [("ScheduleExpressionTimezone", "Europe/Berlin")], [],
                "set over it"
            ),
            ("rate(5 minutes)", [("StartDate", "2025-12-31T23:54:00Z")], [], "5 minutes ago"),
            ("rate(5 minutes)", [("EndDate", "2025-12-31T23:54:00Z")], [], "in the past"),
            (
                "rate(5 minutes)",
                [("StartDate", "2026-02-02T00:00:00Z"), ("EndDate", "2026-02-01T00:00:00Z")], [],
                "later than the StartDate"
            ),
            ("rate(5 minutes)", [], [("Input", "{")], "not JSON"),
            ("rate(5 minutes)", [], [("Arn", "arn:aws:sqs:us-east-1:000000000000:q")], "supported"),
            (
                "rate(5 minutes)", [],
                [("Arn", "arn:aws:states:eu-west-1:000000000000:stateMachine:m")], "supported"
            ),
            (
                "rate(5 minutes)", [],
                [("Arn", "arn:aws:events:us-east-1:000000000000:event-bus/b")],
                "EventBridgeParameters"
            ),
            (
                "rate(5 minutes)", [],
                [
                    ("Arn", "arn:aws:scheduler:::aws-sdk:sfn:startExecution"),
                    ("Input", #"{"StateMachineArn":"a","Name":"n"}"#),
                ], "Name"
            ),
        ] as [(String, [(String, JSONValue)], [(String, JSONValue)], String)]
    )
    func notValid(
        expression: String,
        members: [(String, JSONValue)],
        target: [(String, JSONValue)],
        part: String
    ) async throws {
        let world = try await ScheduleWorld()
        let error = await #expect(throws: ServiceError.self) {
            try await world.create("s", expression, members, target: target)
        }
        #expect(error?.code == "ValidationException")
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test("an update goes on where the course is the same, and begins anew where it is not")
    func updating() async throws {
        let world = try await ScheduleWorld()
        try await world.create("s", "rate(1 hour)")
        try await world.advance(to: "2026-01-01T00:30:00Z")
        let same = try ScheduleWorld.definition("rate(1 hour)", [("Description", "d")])
        _ = try await world.scheduler.update(name, same, clientToken: nil)
        try await world.advance(to: "2026-01-01T01:30:00Z")
        let other = try ScheduleWorld.definition("rate(2 hours)")
        _ = try await world.scheduler.update(name, other, clientToken: nil)
        try await world.advance(to: "2026-01-01T04:00:00Z")
        #expect(
            try world.times() == [
                "01-01T00:00:00Z", "01-01T01:00:00Z", "01-01T01:30:00Z", "01-01T03:30:00Z",
            ]
        )
        #expect(try world.store.allRows(of: .scheduleDue).count == 1)
    }

    @Test("what is disabled is not due, and catches up nothing when it is enabled")
    func disabling() async throws {
        let world = try await ScheduleWorld()
        try await world.create("s", "cron(0 * * * ? *)", [("CatchUp", "all")])
        let disabled = try ScheduleWorld.definition("cron(0 * * * ? *)", [("State", "DISABLED")])
        _ = try await world.scheduler.update(name, disabled, clientToken: nil)
        try await world.advance(to: "2026-01-01T02:30:00Z")
        let enabled = try ScheduleWorld.definition("cron(0 * * * ? *)", [("CatchUp", "all")])
        _ = try await world.scheduler.update(name, enabled, clientToken: nil)
        try await world.advance(to: "2026-01-01T03:30:00Z")
        #expect(try world.times() == ["01-01T03:00:00Z"])
    }

    @Test("a schedule that is over goes when it is to, and stays else")
    func completion() async throws {
        let world = try await ScheduleWorld()
        let action: [(String, JSONValue)] = [("ActionAfterCompletion", "DELETE")]
        try await world.create("gone", "at(2026-01-01T00:10:00)", action)
        try await world.create("stays", "at(2026-01-01T00:10:00)")
        try await world.create(
            "ended",
            "rate(5 minutes)",
            action + [("EndDate", "2026-01-01T00:06:00Z")]
        )
        try await world.create("past", "at(2025-12-31T23:59:30)")
        try await world.advance(to: "2026-01-01T01:00:00Z")
        #expect(try world.deliveries().count == 5)
        let left = try world.scheduler.list(.init(), from: nil, limit: 10).items.map(\.name.name)
        #expect(left == ["past", "stays"])
        #expect(try world.store.allRows(of: .scheduleDue).isEmpty)
    }

    @Test("groups: listed by pages, tagged, deleted with their schedules")
    func groups() async throws {
        let world = try await ScheduleWorld()
        let scheduler = world.scheduler
        let tag = ResourceTag(key: "k", value: "v")
        _ = try await scheduler.createGroup("g", tags: [tag], clientToken: nil)
        try await scheduler.tagGroup(
            "g",
            setting: [ResourceTag(key: "a", value: "b"), ResourceTag(key: "k", value: "w")],
            removing: []
        )
        try await scheduler.tagGroup("g", setting: [], removing: ["a"])
        #expect(try scheduler.group("g")?.tags == [ResourceTag(key: "k", value: "w")])
        let definition = try ScheduleWorld.definition("rate(1 hour)")
        for index in 0..<1_200 {
            let name = ScheduleWorld.name("s\(1_000 + index)", in: "g")
            _ = try await scheduler.create(name, definition, clientToken: nil)
        }
        try await world.create("other", "rate(1 hour)")
        var seen: [String] = []
        var from: [UInt8]?
        repeat {
            let page = try scheduler.list(
                .init(group: "g", namePrefix: "s1"),
                from: from,
                limit: 100
            )
            seen += page.items.map(\.name.name)
            from = page.next
        } while from != nil
        #expect(seen == (1_000..<2_000).map { "s\($0)" })
        try await scheduler.deleteGroup("g")
        await #expect(throws: ServiceError.self) {
            try await scheduler.create(
                ScheduleWorld.name("late", in: "g"),
                definition,
                clientToken: nil
            )
        }
        // Another life goes on with what was marked.
        let next = try await ScheduleWorld(world.store.image())
        while try next.scheduler.group("g") != nil { await Task.yield() }
        #expect(try next.store.allRows(of: .schedule).count == 1)
        #expect(try next.store.allRows(of: .scheduleDue).count == 1)
        await #expect(throws: ServiceError.self) { try await scheduler.deleteGroup("default") }
    }

    @Test("what a configuration file defines is the file's")
    func file() async throws {
        let world = try await ScheduleWorld()
        let hourly = try ScheduleWorld.definition("rate(1 hour)")
        try await world.create("mine", "rate(1 hour)")
        try await world.scheduler.apply(["s": hourly, "t": hourly])
        await #expect(throws: ServiceError.ownedByFile("Schedule s")) {
            try await world.scheduler.delete(name)
        }
        await #expect(throws: ServiceError.ownedByFile("Schedule s")) {
            try await world.scheduler.update(name, hourly, clientToken: nil)
        }
        try await world.advance(to: "2026-01-01T00:30:00Z")
        // The same again goes on; what is no longer there goes.
        try await world.scheduler.apply(["s": hourly])
        try await world.advance(to: "2026-01-01T01:00:30Z")
        let times = try world.deliveries().filter { $0.cause.hasSuffix("/s") }.map(\.time)
        #expect(
            times == [
                try ScheduleWorld.time("2026-01-01T00:00:00Z"),
                try ScheduleWorld.time("2026-01-01T01:00:00Z"),
            ]
        )
        let left = try world.scheduler.list(.init(), from: nil, limit: 10).items.map(\.name.name)
        #expect(left == ["mine", "s"])
        await #expect(throws: ServiceError.self) {
            try await world.scheduler.apply(["bad": ScheduleWorld.definition("rate(0 days)")])
        }
    }
}
