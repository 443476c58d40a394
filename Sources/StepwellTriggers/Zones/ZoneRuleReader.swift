/// Reads the parts of a POSIX `TZ` text, one after another.
struct ZoneRuleReader {
    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Whether a character is next.
    func isNext(_ character: Character) -> Bool { rest.first == character }

    /// Takes a character that has to be next.
    mutating func skip(_ character: Character) -> Bool {
        guard isNext(character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Takes an abbreviation: letters, or anything between `<` and `>`.
    mutating func skipName() -> Bool {
        if skip("<") {
            guard let end = rest.firstIndex(of: ">") else { return false }
            rest = rest[rest.index(after: end)...]
            return true
        }
        let name = rest.prefix { $0.isLetter }
        rest = rest.dropFirst(name.count)
        return name.count >= 3
    }

    /// Takes `[+-]hh[:mm[:ss]]`, in seconds.
    mutating func time() -> Int64? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard var seconds = number(upTo: 167).map({ $0 * 3_600 }) else { return nil }
        for unit in [60, 1] where skip(":") {
            guard let value = number(upTo: 59) else { return nil }
            seconds += value * unit
        }
        return Int64(isNegative ? -seconds : seconds)
    }

    /// Takes a day and, behind a `/`, the time at which clocks are set; 02:00 else.
    mutating func moment() -> ZoneRule.Moment? {
        guard let day = day() else { return nil }
        guard skip("/") else { return ZoneRule.Moment(day: day, second: 7_200) }
        return time().map { ZoneRule.Moment(day: day, second: $0) }
    }

    private mutating func day() -> ZoneRule.Moment.Day? {
        if skip("J") { return number(upTo: 365).map { .withoutLeapDay($0) } }
        guard skip("M") else { return number(upTo: 365).map { .ofYear($0) } }
        guard let month = number(upTo: 12), month > 0, skip("."), let week = number(upTo: 5),
            week > 0, skip("."), let weekday = number(upTo: 6)
        else { return nil }
        return .ofWeek(month: month, week: week, weekday: weekday)
    }

    private mutating func number(upTo limit: Int) -> Int? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard let number = CronField.digits(digits), number <= limit else { return nil }
        rest = rest.dropFirst(digits.count)
        return number
    }
}
