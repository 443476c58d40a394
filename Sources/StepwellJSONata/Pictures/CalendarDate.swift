/// A moment of the proleptic Gregorian calendar in some offset from UTC.
struct CalendarDate {
    static let dayMillis = 86_400_000
    /// ECMAScript's time values reach this far from 1970, in milliseconds.
    static let maximumMillis = 8_640_000_000_000_000

    let year: Int
    let month: Int
    let day: Int
    let dayNumber: Int
    let millisOfDay: Int

    /// The moment so many milliseconds after the start of 1970.
    init(millis: Int) {
        let remainder = millis % Self.dayMillis
        millisOfDay = remainder < 0 ? remainder + Self.dayMillis : remainder
        dayNumber = (millis - millisOfDay) / Self.dayMillis
        // Years are counted from March, so that the leap day ends them.
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The number of a day since 1970; months and days out of range run over.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let months = year * 12 + month - 1
        let monthOfYear = ((months % 12) + 12) % 12
        let shiftedYear = (months - monthOfYear) / 12 - (monthOfYear < 2 ? 1 : 0)
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * ((monthOfYear + 10) % 12) + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468 + day - 1
    }

    /// From 1 for Monday to 7 for Sunday.
    var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 + 1 }

    /// From 1 for the first of January.
    var dayOfYear: Int { dayNumber - Self.dayNumber(year: year, month: 1, day: 1) + 1 }

    /// The Thursday of this week: a week belongs to the year and the month that it lies in.
    var thursday: CalendarDate {
        CalendarDate(millis: (dayNumber + 4 - weekday) * Self.dayMillis)
    }
}
