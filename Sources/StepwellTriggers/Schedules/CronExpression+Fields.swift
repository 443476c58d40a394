extension CronExpression {
    /// Takes the six fields apart that stand between `cron(` and `)`.
    init(fields text: Substring) throws(CronProblem) {
        let fields = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard fields.count == 6 else {
            throw CronProblem(
                "A cron expression has six fields: minutes, hours, day-of-month, month, "
                    + "day-of-week and year; there \(fields.count == 1 ? "is" : "are") "
                    + "\(fields.count)."
            )
        }
        minutes = try CronField.minutes.numbers(in: fields[0])
        hours = try CronField.hours.numbers(in: fields[1])
        months = try CronField.months.numbers(in: fields[3])
        years = try CronField.years.numbers(in: fields[5])
        switch (fields[2] == "?", fields[4] == "?") {
        case (false, true): days = .ofMonth(try CronDays.MonthDays(fields[2]))
        case (true, false): days = .ofWeek(try CronDays.WeekDays(fields[4]))
        case (true, true), (false, false):
            throw CronProblem("Either day-of-month or day-of-week must be '?', but not both.")
        }
    }
}

extension CronDays.MonthDays {
    fileprivate init(_ text: Substring) throws(CronProblem) {
        var numbers = Set<Int>()
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let capitals = item.uppercased()
            if capitals == "L" {
                beforeLast.append(0)
            } else if capitals == "LW" || capitals == "WL" {
                isLastWeekday = true
            } else if capitals.hasPrefix("L-") {
                let days = CronField(title: "days before the last", range: 1...30)
                beforeLast.append(try days.number(item.dropFirst(2)))
            } else if capitals.hasSuffix("W") {
                nearestWeekday.append(try CronField.daysOfMonth.number(item.dropLast()))
            } else {
                numbers.formUnion(try CronField.daysOfMonth.numbers(ofItem: item))
            }
        }
        self.numbers = numbers.sorted()
    }
}

extension CronDays.WeekDays {
    fileprivate init(_ text: Substring) throws(CronProblem) {
        var numbers = Set<Int>()
        let items = text.split(separator: ",", omittingEmptySubsequences: false)
        for item in items {
            if let mark = item.firstIndex(of: "#") {
                let which = CronField(title: "week of the month", range: 1...5)
                let day = try CronField.daysOfWeek.number(item[..<mark])
                nth[day] = try which.number(item[item.index(after: mark)...])
            } else if item.uppercased() == "L" {
                // The last day of the week.
                numbers.insert(7)
            } else if item.utf8.count > 1, item.uppercased().hasSuffix("L") {
                last.append(try CronField.daysOfWeek.number(item.dropLast()))
            } else {
                numbers.formUnion(try CronField.daysOfWeek.numbers(ofItem: item))
            }
        }
        guard nth.isEmpty || items.count == 1 else {
            throw CronProblem("With '#' the day-of-week can be one expression only.")
        }
        self.numbers = numbers.sorted()
    }
}
