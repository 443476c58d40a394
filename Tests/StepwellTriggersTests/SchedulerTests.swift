import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTesting
import Testing

@testable import StepwellTriggers

/// Schedules over a simulated store: what is delivered, and that it is delivered once.
struct SchedulerTests {
    @Test("a rate begins when it is created, a cron expression at its times")
    func beginnings() async throws {
        let world = try await ScheduleWorld()
        try await world.create("rate", "rate(5 minutes)")
        try await world.create("cron", "cron(0/10 * * * ? *)")
        await world.scheduler.fireAll()
        #expect(try world.times() == ["01-01T00:00:00Z"])
        try await world.advance(to: "2026-01-01T00:10:00Z")
        #expect(
            try world.times() == [
                "01-01T00:00:00Z", "01-01T00:05:00Z", "01-01T00:10:00Z", "01-01T00:10:00Z",
            ]
        )
        let ids = try world.deliveries().map(\.id)
        #expect(Set(ids).count == ids.count)
    }

    @Test("clocks that are set, under virtual time")
    func daylightSaving() async throws {
        let world = try await ScheduleWorld(at: "2026-10-24T22:00:00Z")
        try await world.create(
            "berlin",
            "cron(0/30 1-3 * * ? *)",
            [("ScheduleExpressionTimezone", "Europe/Berlin")]
        )
        try await world.advance(to: "2026-10-25T03:00:00Z")
        #expect(
            try world.times() == [
                "10-24T23:00:00Z", "10-24T23:30:00Z", "10-25T00:00:00Z", "10-25T00:30:00Z",
                "10-25T02:00:00Z", "10-25T02:30:00Z",
            ]
        )
    }

    @Test(
        "what was missed",
        arguments: [
            (CatchUp.none, ["01-01T01:00:00Z", "01-01T05:00:00Z"]),
            (.last, ["01-01T01:00:00Z", "01-01T04:00:00Z", "01-01T05:00:00Z"]),
            (
                .all,
                [
                    "01-01T01:00:00Z", "01-01T02:00:00Z", "01-01T03:00:00Z", "01-01T04:00:00Z",
                    "01-01T05:00:00Z",
                ]
            ),
        ]
    )
    func catchUp(rule: CatchUp, expected: [String]) async throws {
        let world = try await ScheduleWorld()
        try await world.create("s", "cron(0 * * * ? *)", [("CatchUp", .string(rule.rawValue))])
        try await world.advance(to: "2026-01-01T01:00:00Z")
        try await world.sleep(to: "2026-01-01T04:30:00Z")
        try await world.advance(to: "2026-01-01T05:00:30Z")
        #expect(try world.times() == expected)
    }

    @Test("all that was missed is no older than the retry policy has it; what is once is late")
    func age() async throws {
        let world = try await ScheduleWorld()
        let policy: [(String, JSONValue)] = [
            ("RetryPolicy", ["MaximumEventAgeInSeconds": 7_200])
        ]
        try await world.create("s", "cron(0 * * * ? *)", [("CatchUp", "all")], target: policy)
        try await world.create("once", "at(2026-01-01T03:10:00)", target: policy)
        try await world.sleep(to: "2026-01-03T10:30:00Z")
        #expect(try world.times() == ["01-01T03:10:00Z", "01-03T09:00:00Z", "01-03T10:00:00Z"])
    }

    @Test("a clock that is set back repeats nothing")
    func clockSetBack() async throws {
        let world = try await ScheduleWorld()
        try await world.create("s", "cron(0 * * * ? *)")
        try await world.advance(to: "2026-01-01T02:00:30Z")
        world.clock.set(by: .seconds(-7_200))
        try await world.advance(to: "2026-01-01T03:00:30Z")
        #expect(try world.times() == ["01-01T01:00:00Z", "01-01T02:00:00Z", "01-01T03:00:00Z"])
    }

    @Test("a crash after any commit loses and repeats nothing")
    func crashes() async throws {
        let whole = try await ScheduleWorld()
        try await whole.create("a", "rate(1 minute)")
        try await whole.create("b", "cron(0/2 * * * ? *)")
        try await whole.advance(to: "2026-01-01T00:06:00Z")
        let expected = try whole.deliveries().map(\.id)
        #expect(expected.count == 10)
        for commits in 3...whole.store.commitCount {
            let world = try await ScheduleWorld(whole.store.image(afterCommits: commits))
            try await world.advance(to: "2026-01-01T00:06:00Z")
            #expect(try world.deliveries().map(\.id) == expected)
            await world.ledger.close()
        }
    }

    @Test(
        "a commit that fails is made again, whether it was kept or not",
        arguments: [false, true]
    )
    func failedCommit(isKept: Bool) async throws {
        let world = try await ScheduleWorld()
        try await world.create("a", "rate(1 minute)")
        world.store.failCommit(1, with: isKept ? .unknown : .failed, keeping: isKept)
        try await world.advance(to: "2026-01-01T00:03:00Z", by: .seconds(10))
        #expect(
            try world.times() == [
                "01-01T00:00:00Z", "01-01T00:01:00Z", "01-01T00:02:00Z", "01-01T00:03:00Z",
            ]
        )
    }

    @Test("ten thousand at one time are decided in forty commits, and opening reads nothing")
    func many() async throws {
        let world = try await ScheduleWorld()
        for index in 0..<10_000 { try await world.create("s\(index)", "cron(1 0 * * ? *)") }
        let before = world.store.commitCount
        try await world.sleep(to: "2026-01-01T00:01:00Z")
        #expect(world.store.commitCount - before == 40)
        let deliveries = try world.deliveries()
        #expect(Set(deliveries.map(\.id)).count == 10_000)
        #expect(Set(deliveries.map(\.cause)).count == 10_000)
    }

    @Test("what is drawn for a window is kept, and within it")
    func window() async throws {
        let world = try await ScheduleWorld()
        let window: [(String, JSONValue)] = [
            ("FlexibleTimeWindow", ["Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15])
        ]
        try await world.create("s", "cron(0 * * * ? *)", window)
        let drawn = try #require(try world.scheduler.schedule(ScheduleWorld.name("s")).next)
        #expect(drawn.time == (try ScheduleWorld.time("2026-01-01T01:00:00Z")))
        #expect((0..<900_000).contains(drawn.due.milliseconds - drawn.time.milliseconds))
        let other = try await ScheduleWorld(world.store.image(), seed: 99)
        #expect(try other.scheduler.schedule(ScheduleWorld.name("s")).next == drawn)
        try await other.advance(to: "2026-01-01T01:15:00Z", by: .seconds(1))
        let delivery = try #require(try other.deliveries().first)
        #expect(delivery.time == drawn.due)
        // Another description leaves it as it was drawn.
        _ = try await world.scheduler.update(
            ScheduleWorld.name("s"),
            ScheduleWorld.definition("cron(0 * * * ? *)", window + [("Description", "d")]),
            clientToken: nil
        )
        #expect(try world.scheduler.schedule(ScheduleWorld.name("s")).next == drawn)
    }

    @Test("windows that overlap miss nothing")
    func overlappingWindows() async throws {
        let world = try await ScheduleWorld()
        try await world.create(
            "s",
            "rate(1 minute)",
            [("FlexibleTimeWindow", ["Mode": "FLEXIBLE", "MaximumWindowInMinutes": 10])]
        )
        try await world.advance(to: "2026-01-01T02:00:00Z", by: .seconds(10))
        #expect((105...121).contains(try world.deliveries().count))
    }

    @Test("what targets are given")
    func inputs() async throws {
        let world = try await ScheduleWorld()
        let text = #"{"at":"<aws.scheduler.scheduled-time>","n":<aws.scheduler.attempt-number>}"#
        try await world.create(
            "given",
            "at(2026-01-01T00:01:00)",
            target: [("Input", .string(text))]
        )
        try await world.create("notice", "at(2026-01-01T00:02:00)")
        let bus = "arn:aws:events:us-east-1:000000000000:event-bus/default"
        try await world.create(
            "event",
            "at(2026-01-01T00:03:00)",
            target: [
                ("Arn", .string(bus)), ("Input", #"{"a":1}"#),
                ("EventBridgeParameters", ["DetailType": "T", "Source": "my.app"]),
            ]
        )
        try await world.create(
            "call",
            "at(2026-01-01T00:04:00)",
            target: [
                ("Arn", "arn:aws:scheduler:::aws-sdk:sfn:startExecution"),
                (
                    "Input",
                    .string(
                        #"{"StateMachineArn":"\#(ScheduleWorld.target)","Input":"{\"b\":2}"}"#
                    )
                ),
            ]
        )
        try await world.advance(to: "2026-01-01T00:05:00Z")
        let deliveries = try world.deliveries()
        let inputs = try deliveries.map { try JSONParser.parse($0.input) }
        #expect(inputs[0] == ["at": "2026-01-01T00:01:00Z", "n": 1])
        #expect(inputs[1]["detail-type"] == "Scheduled Event")
        #expect(
            inputs[1]["resources"]?[0]?.stringValue?.hasSuffix("schedule/default/notice") == true
        )
        let event = try JSONParser.parse(try #require(deliveries[2].target.event))
        #expect(event["source"] == "my.app" && event["detail"] == ["a": 1])
        #expect(deliveries[3].target.arn == ScheduleWorld.target)
        #expect(inputs[3] == ["b": 2])
    }
}
