import StepwellHistory
import Testing

@testable import StepwellTriggers

/// When schedules are due where clocks are set: skipped times are left out, repeated ones are due
/// once (EventBridge Scheduler User Guide, "Daylight savings time on EventBridge Scheduler").
struct RecurrenceTests {
    /// Zones by the rules that they have had for long, so that no machine's database is asked.
    private func zone(_ name: String) throws -> TimeZoneRules {
        let rules = [
            "Europe/Berlin": "CET-1CEST,M3.5.0,M10.5.0/3",
            "America/New_York": "EST5EDT,M3.2.0,M11.1.0",
            "Australia/Lord_Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
            "Asia/Kolkata": "IST-5:30",
        ]
        if name == "Pacific/Apia" {
            // The thirtieth of December 2011 was left out.
            let change = TimeZoneRules.Change(time: 1_325_239_200, offset: 14 * 3_600)
            return TimeZoneRules(name: name, firstOffset: -10 * 3_600, changes: [change])
        }
        let rule = try #require(rules[name].flatMap(ZoneRule.init))
        return TimeZoneRules(
            name: name,
            firstOffset: rule.standard,
            changes: rule.changes(after: nil)
        )
    }

    private func time(_ text: String) throws -> Timestamp {
        let clock = try #require(CivilTime(text.dropLast()))
        return Timestamp(milliseconds: clock.seconds * 1_000)
    }

    private func due(
        _ expression: String,
        in name: String = "UTC",
        after: String,
        count: Int,
        anchor: String = "2026-01-01T00:00:00Z",
        start: String? = nil,
        end: String? = nil
    ) throws -> [String] {
        let recurrence = Recurrence(
            try ScheduleExpression(expression),
            zone: name == "UTC" ? .utc : try zone(name),
            anchor: try time(anchor),
            start: try start.map(time),
            end: try end.map(time)
        )
        var found: [String] = []
        var last = try time(after)
        while found.count < count, let next = recurrence.next(after: last) {
            found.append(next.rfc3339Seconds)
            last = next
        }
        return found
    }

    @Test("a time that clocks skip is left out that day")
    func skipped() throws {
        #expect(
            try due(
                "cron(30 2 * * ? *)",
                in: "Europe/Berlin",
                after: "2026-03-28T00:00:00Z",
                count: 3
            ) == ["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z"]
        )
        #expect(
            try due(
                "cron(0/30 2 * * ? *)",
                in: "America/New_York",
                after: "2026-03-07T06:59:59Z",
                count: 4
            ) == [
                "2026-03-07T07:00:00Z", "2026-03-07T07:30:00Z", "2026-03-09T06:00:00Z",
                "2026-03-09T06:30:00Z",
            ]
        )
    }

    @Test("a time that clocks show twice is due once, the first time")
    func repeated() throws {
        #expect(
            try due(
                "cron(30 2 * * ? *)",
                in: "Europe/Berlin",
                after: "2026-10-24T00:00:00Z",
                count: 3
            ) == ["2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
        )
        #expect(
            try due(
                "cron(0/30 * * * ? *)",
                in: "America/New_York",
                after: "2026-11-01T04:59:59Z",
                count: 4
            ) == [
                "2026-11-01T05:00:00Z", "2026-11-01T05:30:00Z", "2026-11-01T07:00:00Z",
                "2026-11-01T07:30:00Z",
            ]
        )
        // Asked in the second of the two hours.
        #expect(
            try due(
                "cron(0/10 * * * ? *)",
                in: "America/New_York",
                after: "2026-11-01T06:15:00Z",
                count: 1
            ) == ["2026-11-01T07:00:00Z"]
        )
    }

    @Test("half an hour at Lord Howe")
    func halfHour() throws {
        // Set from 02:00 to 02:30 on 4 October 2026, and from 02:00 back to 01:30 on 5 April.
        #expect(
            try due(
                "cron(15,45 2 * * ? *)",
                in: "Australia/Lord_Howe",
                after: "2026-10-02T16:00:00Z",
                count: 3
            ) == ["2026-10-02T16:15:00Z", "2026-10-03T15:45:00Z", "2026-10-04T15:15:00Z"]
        )
        #expect(
            try due(
                "cron(45 1 * * ? *)",
                in: "Australia/Lord_Howe",
                after: "2026-04-04T00:00:00Z",
                count: 2
            ) == ["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"]
        )
    }

    @Test("a day that a country left out")
    func leftOutDay() throws {
        #expect(
            try due(
                "cron(0 12 * * ? *)",
                in: "Pacific/Apia",
                after: "2011-12-28T23:00:00Z",
                count: 3
            ) == ["2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z", "2011-12-31T22:00:00Z"]
        )
        let apia = try zone("Pacific/Apia")
        #expect(apia.instants(of: CivilTime(2011, 12, 30, 12)).isEmpty)
        #expect(apia.clock(at: try time("2011-12-30T10:00:00Z")).text == "2011-12-31T00:00:00")
    }

    @Test("a day of a rate has 24 hours, whatever clocks show")
    func rates() throws {
        #expect(
            try due(
                "rate(1 day)",
                in: "Europe/Berlin",
                after: "2026-03-27T12:00:00Z",
                count: 3,
                anchor: "2026-03-01T06:00:00Z"
            ) == ["2026-03-28T06:00:00Z", "2026-03-29T06:00:00Z", "2026-03-30T06:00:00Z"]
        )
        // The first is the anchor itself, or the start date.
        let first = try due("rate(5 minutes)", after: "2025-12-31T23:59:59Z", count: 2)
        #expect(first == ["2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z"])
        let late = try due(
            "rate(5 minutes)",
            after: "2026-01-01T00:00:00Z",
            count: 2,
            start: "2026-01-01T00:07:00Z"
        )
        #expect(late == ["2026-01-01T00:07:00Z", "2026-01-01T00:12:00Z"])
    }

    @Test("start and end count for what recurs, and not for what is once")
    func dates() throws {
        let bounded = try due(
            "cron(0 12 * * ? *)",
            after: "2026-01-01T00:00:00Z",
            count: 9,
            start: "2026-01-02T12:00:00Z",
            end: "2026-01-04T12:00:00Z"
        )
        #expect(
            bounded == ["2026-01-02T12:00:00Z", "2026-01-03T12:00:00Z", "2026-01-04T12:00:00Z"]
        )
        let once = try due(
            "at(2026-07-01T09:00:00)",
            in: "America/New_York",
            after: "2026-01-01T00:00:00Z",
            count: 9,
            start: "2026-09-01T00:00:00Z",
            end: "2026-02-01T00:00:00Z"
        )
        #expect(once == ["2026-07-01T13:00:00Z"])
    }

    @Test("the last that was missed is found without going through all")
    func last() throws {
        let minutely = Recurrence(
            try ScheduleExpression("cron(* * * * ? *)"),
            anchor: try time("2026-01-01T00:00:00Z")
        )
        let now = try time("2036-01-01T00:00:30Z")
        let last = minutely.last(after: try time("2026-01-01T00:00:00Z"), notAfter: now)
        #expect(last == (try time("2036-01-01T00:00:00Z")))
        #expect(minutely.last(after: try time("2036-01-01T00:00:00Z"), notAfter: now) == nil)
        let yearly = Recurrence(
            try ScheduleExpression("cron(0 0 1 1 ? *)"),
            anchor: try time("2026-01-01T00:00:00Z")
        )
        let found = yearly.last(
            after: try time("2026-01-01T00:00:00Z"),
            notAfter: try time("2035-12-31T00:00:00Z")
        )
        #expect(found == (try time("2035-01-01T00:00:00Z")))
    }

    /// Every five minutes of a year, next to every minute that clocks show for the first time.
    @Test(
        "a year of every zone agrees with its clock",
        arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
    )
    func agreesWithTheClock(name: String) throws {
        let zone = try zone(name)
        let recurrence = Recurrence(
            try ScheduleExpression("cron(0/15 * * * ? *)"),
            zone: zone,
            anchor: try time("2026-01-01T00:00:00Z")
        )
        var expected: [Timestamp] = []
        var latest = Int64.min
        let begin = try time("2026-01-01T00:00:00Z").milliseconds
        for minute in Int64(1)...525_600 {
            let moment = Timestamp(milliseconds: begin + minute * 60_000)
            let clock = zone.clock(at: moment)
            if clock.seconds > latest, clock.minute % 15 == 0 { expected.append(moment) }
            latest = max(latest, clock.seconds)
        }
        var found: [Timestamp] = []
        var last = Timestamp(milliseconds: begin)
        while let next = recurrence.next(after: last),
            next.milliseconds <= begin + 525_600 * 60_000
        {
            found.append(next)
            last = next
        }
        #expect(found == expected)
    }
}
