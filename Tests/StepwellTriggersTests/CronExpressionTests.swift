import StepwellTriggers
import Testing

/// What cron expressions mean: the examples of the EventBridge user guides ("Cron expressions
/// reference", "Schedule types"), and what their wildcards are said to do.
struct CronExpressionTests {
    /// The first times that an expression means after one, on a clock that is never set.
    private func times(
        _ fields: String,
        after: String = "2026-01-01T00:00:00",
        count: Int = 3
    ) throws -> [String] {
        guard case .cron(let cron) = try ScheduleExpression("cron(\(fields))"),
            var time = CivilTime(after)
        else { return ["not a cron expression"] }
        var found: [String] = []
        while found.count < count, let next = cron.next(after: time) {
            found.append(next.text)
            time = next
        }
        return found
    }

    @Test(
        "the documented examples",
        arguments: [
            ("0 10 * * ? *", ["2026-01-01T10:00:00", "2026-01-02T10:00:00"]),
            ("15 12 * * ? *", ["2026-01-01T12:15:00", "2026-01-02T12:15:00"]),
            ("0 18 ? * MON-FRI *", ["2026-01-01T18:00:00", "2026-01-02T18:00:00"]),
            ("0 8 1 * ? *", ["2026-01-01T08:00:00", "2026-02-01T08:00:00"]),
            ("0/15 * * * ? *", ["2026-01-01T00:15:00", "2026-01-01T00:30:00"]),
            ("0/10 * ? * MON-FRI *", ["2026-01-01T00:10:00", "2026-01-01T00:20:00"]),
            ("0/5 8-17 ? * MON-FRI *", ["2026-01-01T08:00:00", "2026-01-01T08:05:00"]),
            ("0/30 20-2 ? * MON-FRI *", ["2026-01-01T00:30:00", "2026-01-01T01:00:00"]),
            ("1/10 * * * ? *", ["2026-01-01T00:01:00", "2026-01-01T00:11:00"]),
            ("0 0 3W * ? *", ["2026-01-02T00:00:00", "2026-02-03T00:00:00"]),
            ("0 0 ? * 3#2 *", ["2026-01-13T00:00:00", "2026-02-10T00:00:00"]),
            ("0 0 L * ? *", ["2026-01-31T00:00:00", "2026-02-28T00:00:00"]),
            ("15 10 ? * 6L 2022-2026", ["2026-01-30T10:15:00", "2026-02-27T10:15:00"]),
            // Valid at AWS, as users of emulators that refused them found.
            ("0-15/1 8-8 ? * 2,3,4,5,6,7 *", ["2026-01-01T08:00:00", "2026-01-01T08:01:00"]),
            ("1-31/30 1-1 ? * 1,7 *", ["2026-01-03T01:01:00", "2026-01-03T01:31:00"]),
        ]
    )
    func examples(fields: String, expected: [String]) throws {
        #expect(try times(fields, count: 2) == expected)
    }

    @Test(
        "days that a month may not have",
        arguments: [
            ("0 0 31 * ? *", ["2026-01-31", "2026-03-31", "2026-05-31"]),
            ("0 0 29 2 ? *", ["2028-02-29", "2032-02-29", "2036-02-29"]),
            ("0 0 L 2 ? *", ["2026-02-28", "2027-02-28", "2028-02-29"]),
            ("0 0 LW * ? *", ["2026-01-30", "2026-02-27", "2026-03-31"]),
            ("0 0 L-1 * ? *", ["2026-01-30", "2026-02-27", "2026-03-30"]),
            // The first is a Sunday in February, so the Monday is nearest; never another month's.
            ("0 0 1W 2,8 ? *", ["2026-02-02", "2026-08-03", "2027-02-01"]),
            ("0 0 31W 1,5 ? *", ["2026-01-30", "2026-05-29", "2027-01-29"]),
            ("0 0 ? * FRI#5 *", ["2026-01-30", "2026-05-29", "2026-07-31"]),
            ("0 0 ? * FRI-MON *", ["2026-01-02", "2026-01-03", "2026-01-04"]),
            ("0 0 ? * L *", ["2026-01-03", "2026-01-10", "2026-01-17"]),
            ("0 0 1,15,L JAN-MAR ? *", ["2026-01-15", "2026-01-31", "2026-02-01"]),
            ("59 23 31 12 ? 2198-2199", ["2198-12-31", "2199-12-31"]),
            ("0 0 31 2 ? *", []),
            ("0 0 1 1 ? 1999", []),
        ]
    )
    func days(fields: String, expected: [String]) throws {
        #expect(try times(fields).map { String($0.prefix(10)) } == expected)
    }

    @Test(
        "what is wrong is said",
        arguments: [
            ("cron(0 10 * * *)", "six fields"),
            ("cron(0 10 * * * *)", "must be '?'"),
            ("cron(0 10 ? * ? *)", "must be '?'"),
            ("cron(7 20 * * 1-7 *)", "must be '?'"),
            ("cron(60 10 * * ? *)", "minutes 60 is not from 0 to 59"),
            ("cron(0 24 * * ? *)", "hours 24"),
            ("cron(0 10 0 * ? *)", "day-of-month 0"),
            ("cron(0 10 ? * 8 *)", "day-of-week 8"),
            ("cron(0 10 ? * 3#1,6#3 *)", "one expression only"),
            ("cron(0 10 ? * 3#6 *)", "week of the month 6"),
            ("cron(0 10 * FOO ? *)", "'FOO' is no month"),
            ("cron(0/0 10 * * ? *)", "step '0'"),
            ("cron(0 10 * * ? 2200)", "year 2200"),
            ("cron(0 10 * * ? 2030-2020)", "end before they begin"),
            ("cron(0/5, 9-18, ?, *, MON-FRI, *)", "'' is no minutes"),
            ("cron(0 10 2W1 * ? *)", "no day-of-month"),
            ("cron 0 10 * * ? *", "not one of"),
            ("rate(0 minutes)", "positive number"),
            ("rate(5 seconds)", "not one of minutes, hours, days"),
            ("rate(5)", "positive number"),
            ("rate(-5 minutes)", "positive number"),
            ("rate(12345678901234567890 days)", "positive number"),
            ("at(2026-02-30T00:00:00)", "not a date"),
            ("at(2026-02-28 00:00:00)", "not a date"),
            ("at(2026-02-28T24:00:00)", "not a date"),
            ("", "not one of"),
        ]
    )
    func problems(text: String, part: String) {
        let error = #expect(throws: ScheduleExpressionError.self) { try ScheduleExpression(text) }
        let description = error?.description ?? ""
        #expect(description.hasPrefix("Invalid Schedule Expression \(text)."))
        #expect(description.contains(part))
    }

    @Test("rules have no at, and count units")
    func rules() throws {
        #expect(throws: ScheduleExpressionError.self) {
            try ScheduleExpression("at(2026-01-01T00:00:00)", dialect: .rule)
        }
        #expect(throws: ScheduleExpressionError.self) {
            try ScheduleExpression("rate(1 minutes)", dialect: .rule)
        }
        #expect(throws: ScheduleExpressionError.self) {
            try ScheduleExpression("rate(5 minute)", dialect: .rule)
        }
        #expect(try ScheduleExpression("rate(1 day)", dialect: .rule) == .rate(seconds: 86_400))
        #expect(try ScheduleExpression("rate(1 minutes)") == .rate(seconds: 60))
        #expect(try ScheduleExpression("rate(2 hours)", dialect: .rule) == .rate(seconds: 7_200))
    }

    @Test("every day of 400 years has its number and its weekday")
    func calendar() {
        var weekday = CivilTime.weekday(1900, 1, 1)
        #expect(weekday == 2)
        for day in Int64(-25_567)..<(-25_567 + 146_097) {
            let time = CivilTime(seconds: day * 86_400)
            #expect(time.seconds == day * 86_400)
            #expect(CivilTime.weekday(time.year, time.month, time.day) == weekday)
            weekday = weekday % 7 + 1
        }
    }
}
