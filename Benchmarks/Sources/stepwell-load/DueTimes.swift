/// When executions are due, evenly spread: number `n` at `first + n / rate` seconds.
struct DueTimes {
    /// What a due time looks like; all have its length.
    static let sample = "2026-01-01T00:00:00.000Z"

    /// Milliseconds since 1970.
    let first: Int
    /// Executions a second.
    let rate: Double

    /// The due time of a number, in RFC 3339 with milliseconds.
    func text(_ number: Int) -> [UInt8] {
        let time = first + Int(Double(number) * 1_000 / rate)
        let (day, ofDay) = (time / 86_400_000, time % 86_400_000)
        let (year, month, dayOfMonth) = Self.date(day)
        var text = decimal(year, digits: 4) + Array("-".utf8) + decimal(month, digits: 2)
        text += Array("-".utf8) + decimal(dayOfMonth, digits: 2) + Array("T".utf8)
        text += decimal(ofDay / 3_600_000, digits: 2) + Array(":".utf8)
        text += decimal(ofDay / 60_000 % 60, digits: 2) + Array(":".utf8)
        text += decimal(ofDay / 1_000 % 60, digits: 2) + Array(".".utf8)
        return text + decimal(ofDay % 1_000, digits: 3) + Array("Z".utf8)
    }

    /// Year, month and day of a day since 1970-01-01, by counting from 1 March of the year 0.
    private static func date(_ day: Int) -> (Int, Int, Int) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let ofEra = shifted % 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * ofYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, ofYear - (153 * fromMarch + 2) / 5 + 1)
    }
}
