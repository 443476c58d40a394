/// The rule by which a zone's clocks go from its last recorded change on, as POSIX's `TZ` writes
/// it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable {
    /// A day of the year, and the second of it (which may be negative, or beyond its end).
    struct Moment: Sendable {
        enum Day: Sendable {
            /// `Jn`: the day of a year that never has a 29th of February, from 1.
            case withoutLeapDay(Int)
            /// `n`: the day of the year, from 0.
            case ofYear(Int)
            /// `Mm.w.d`: a day of the week (0 is Sunday), the w-th of the month (5 is the last).
            case ofWeek(month: Int, week: Int, weekday: Int)
        }

        let day: Day
        let second: Int64
    }

    /// Ahead of UTC in winter, in seconds.
    let standard: Int64
    /// Ahead of UTC in summer, and when that begins and ends; nil where there is none.
    let summer: (offset: Int64, begin: Moment, end: Moment)?

    /// Reads a rule; nil when it is not of the form.
    init?(_ text: String) {
        var reader = ZoneRuleReader(text)
        guard reader.skipName(), let west = reader.time() else { return nil }
        standard = -west
        guard !reader.isAtEnd else {
            summer = nil
            return
        }
        guard reader.skipName() else { return nil }
        var offset = standard + 3_600
        if !reader.isNext(",") {
            guard let west = reader.time() else { return nil }
            offset = -west
        }
        guard reader.skip(","), let begin = reader.moment(), reader.skip(","),
            let end = reader.moment(), reader.isAtEnd
        else { return nil }
        summer = (offset, begin, end)
    }

    /// The changes from a time on (from 1970 without one) up to the last year.
    func changes(after time: Int64?) -> [TimeZoneRules.Change] {
        guard let summer else { return [] }
        let first = time.map { CivilTime(seconds: $0).year } ?? 1_970
        var changes: [TimeZoneRules.Change] = []
        for year in min(first, TimeZoneRules.lastYear)...TimeZoneRules.lastYear {
            let begin = summer.begin.seconds(in: year) - standard
            let end = summer.end.seconds(in: year) - summer.offset
            changes.append(.init(time: begin, offset: summer.offset))
            changes.append(.init(time: end, offset: standard))
        }
        return changes.filter { $0.time > time ?? .min }.sorted { $0.time < $1.time }
    }
}

extension ZoneRule.Moment {
    /// What the clock shows then, in seconds since 1970-01-01T00:00:00.
    func seconds(in year: Int) -> Int64 {
        let start = CivilTime.dayNumber(year, 1, 1)
        let isLeap = CivilTime.days(inMonth: 2, of: year) == 29
        let number =
            switch day {
            case .withoutLeapDay(let day): start + day - 1 + (isLeap && day >= 60 ? 1 : 0)
            case .ofYear(let day): start + day
            case .ofWeek(let month, let week, let weekday):
                Self.dayNumber(year, month, week, weekday)
            }
        return Int64(number) * 86_400 + second
    }

    private static func dayNumber(_ year: Int, _ month: Int, _ week: Int, _ weekday: Int) -> Int {
        let first = CivilTime.weekday(year, month, 1) - 1
        var day = 1 + (weekday - first + 7) % 7 + (week - 1) * 7
        while day > CivilTime.days(inMonth: month, of: year) { day -= 7 }
        return CivilTime.dayNumber(year, month, day)
    }
}
