/// The days that a cron expression means: of the month, or of the week.
enum CronDays: Sendable, Hashable {
    /// Days by their numbers; `L`, `LW`, and `nW`.
    case ofMonth(MonthDays)
    /// Days of the week; `nL`, and `n#m`.
    case ofWeek(WeekDays)

    struct MonthDays: Sendable, Hashable {
        var numbers: [Int] = []
        /// How many days before the last one (`L`, `L-n`).
        var beforeLast: [Int] = []
        var isLastWeekday = false
        /// Days for which the nearest weekday of the same month stands.
        var nearestWeekday: [Int] = []
    }

    struct WeekDays: Sendable, Hashable {
        var numbers: [Int] = []
        /// Days of the week whose last of the month is meant.
        var last: [Int] = []
        /// The day of the week, and which of the month.
        var nth: [Int: Int] = [:]
    }

    /// The days of a month that are meant, in order.
    func days(inMonth month: Int, of year: Int) -> [Int] {
        let count = CivilTime.days(inMonth: month, of: year)
        let first = CivilTime.weekday(year, month, 1)
        switch self {
        case .ofMonth(let days): return days.chosen(of: count, firstWeekday: first)
        case .ofWeek(let days): return days.chosen(of: count, firstWeekday: first)
        }
    }
}

extension CronDays.MonthDays {
    /// The days of a month that has `count` and begins with the weekday `first`.
    func chosen(of count: Int, firstWeekday first: Int) -> [Int] {
        var chosen = Set(numbers.filter { $0 <= count })
        chosen.formUnion(beforeLast.map { count - $0 }.filter { $0 >= 1 })
        for day in nearestWeekday where day <= count {
            chosen.insert(Self.weekday(nearest: day, of: count, first))
        }
        if isLastWeekday { chosen.insert(Self.weekday(nearest: count, of: count, first)) }
        return chosen.sorted()
    }

    /// The weekday nearest to a day, without leaving the month.
    private static func weekday(nearest day: Int, of count: Int, _ first: Int) -> Int {
        switch (first + day - 2) % 7 + 1 {
        case 7: day == 1 ? 3 : day - 1
        case 1: day == count ? day - 2 : day + 1
        default: day
        }
    }
}

extension CronDays.WeekDays {
    /// The days of a month that has `count` and begins with the weekday `first`.
    func chosen(of count: Int, firstWeekday first: Int) -> [Int] {
        (1...count).filter { day in
            let weekday = (first + day - 2) % 7 + 1
            if numbers.contains(weekday) { return true }
            if last.contains(weekday), day + 7 > count { return true }
            return nth[weekday] == (day + 6) / 7
        }
    }
}
