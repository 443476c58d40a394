/// A cron expression as AWS has it: six fields, minutes, hours, day of the month, month, day of the
/// week, year; one of the two kinds of days is `?`.
///
/// (EventBridge Scheduler User Guide, "Schedule types", "Cron-based schedules".)
package struct CronExpression: Sendable, Hashable {
    let minutes: [Int]
    let hours: [Int]
    let days: CronDays
    let months: [Int]
    let years: [Int]

    /// The first time on the clock after another that the expression means; nil when there is none.
    package func next(after time: CivilTime) -> CivilTime? {
        let from = CivilTime(seconds: time.seconds - Int64(time.second) + 60)
        for year in years where year >= from.year {
            for month in months where year > from.year || month >= from.month {
                let isFirst = year == from.year && month == from.month
                for day in days.days(inMonth: month, of: year) where !isFirst || day >= from.day {
                    let earliest = isFirst && day == from.day ? (from.hour, from.minute) : (0, 0)
                    guard let (hour, minute) = timeOfDay(from: earliest) else { continue }
                    return CivilTime(year, month, day, hour, minute)
                }
            }
        }
        return nil
    }

    /// The first time of a day from one on.
    private func timeOfDay(from earliest: (Int, Int)) -> (Int, Int)? {
        for hour in hours where hour >= earliest.0 {
            let least = hour == earliest.0 ? earliest.1 : 0
            if let minute = minutes.first(where: { $0 >= least }) { return (hour, minute) }
        }
        return nil
    }
}
