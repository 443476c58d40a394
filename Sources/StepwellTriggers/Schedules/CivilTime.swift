import StepwellHistory

/// A date and a time of day as the clock on a wall shows them, in no zone in particular.
package struct CivilTime: Sendable, Hashable {
    package var year: Int
    /// From 1.
    package var month: Int
    /// From 1.
    package var day: Int
    package var hour = 0
    package var minute = 0
    package var second = 0

    /// A date, at midnight unless a time is given.
    package init(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ hour: Int = 0,
        _ minute: Int = 0,
        _ second: Int = 0
    ) {
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, second)
    }

    /// What a clock of UTC shows so many seconds after 1970-01-01T00:00:00.
    package init(seconds: Int64) {
        let (days, second) = seconds.flooredDivision(by: 86_400)
        let (year, month, day) = Timestamp.civil(fromDays: days)
        self.init(
            Int(year),
            Int(month),
            Int(day),
            Int(second / 3_600),
            Int(second / 60 % 60),
            Int(second % 60)
        )
    }

    /// Seconds from 1970-01-01T00:00:00 on the same clock.
    package var seconds: Int64 {
        let days = Self.dayNumber(year, month, day)
        return Int64(((days * 24 + hour) * 60 + minute) * 60 + second)
    }

    /// The date and time as ISO 8601 has it, without a zone: `2026-11-29T08:30:00`.
    package var text: String {
        let timestamp = Timestamp(milliseconds: seconds * 1_000).rfc3339Seconds
        return String(decoding: timestamp.utf8.dropLast(), as: UTF8.self)
    }

    /// Reads `2026-11-29T08:30:00`; nil for any other form and for dates that there are not.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let form = Array("0000-00-00T00:00:00".utf8)
        guard bytes.count == form.count else { return nil }
        for (byte, expected) in zip(bytes, form) {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            guard expected == UInt8(ascii: "0") ? isDigit : byte == expected else { return nil }
        }
        func number(_ range: Range<Int>) -> Int {
            bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        self.init(
            number(0..<4),
            number(5..<7),
            number(8..<10),
            number(11..<13),
            number(14..<16),
            number(17..<19)
        )
        guard (1...12).contains(month), hour < 24, minute < 60, second < 60, day >= 1,
            day <= Self.days(inMonth: month, of: year)
        else { return nil }
    }

    /// How many days a month has.
    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day of the week as cron counts it: Sunday is 1, Saturday 7.
    package static func weekday(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // 1970-01-01 was a Thursday.
        let (_, rest) = Int64(dayNumber(year, month, day) + 4).flooredDivision(by: 7)
        return Int(rest) + 1
    }

    /// Days from 1970-01-01, in the proleptic Gregorian calendar.
    static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // Years begin in March, so that the day that may be missing is the last of one.
        let year = month <= 2 ? year - 1 : year
        let (era, ofEra) = Int64(year).flooredDivision(by: 400)
        let ofYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return Int(era) * 146_097 + Int(ofEra) * 365 + Int(ofEra) / 4 - Int(ofEra) / 100 + ofYear
            - 719_468
    }
}
