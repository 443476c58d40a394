extension Timestamp {
    /// The time in UTC with milliseconds, as AWS writes it: `2026-11-22T20:44:00.123Z`.
    public var rfc3339: String {
        let (days, millisecondOfDay) = milliseconds.flooredDivision(by: 86_400_000)
        let (year, month, day) = Self.civil(fromDays: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        Self.append(year, digits: 4, to: &text)
        for (separator, value) in [("-", month), ("-", day)] {
            text.append(contentsOf: separator.utf8)
            Self.append(value, digits: 2, to: &text)
        }
        text.append(UInt8(ascii: "T"))
        Self.append(millisecondOfDay / 3_600_000, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        Self.append(millisecondOfDay / 60_000 % 60, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        Self.append(millisecondOfDay / 1000 % 60, digits: 2, to: &text)
        text.append(UInt8(ascii: "."))
        Self.append(millisecondOfDay % 1000, digits: 3, to: &text)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// The time in UTC to the second, rounded down: `2026-11-22T20:44:00Z`.
    package var rfc3339Seconds: String {
        String(decoding: rfc3339.utf8.dropLast(5), as: UTF8.self) + "Z"
    }

    /// Appends a number with leading zeros; years outside 0 to 9999 keep their sign and digits.
    private static func append(_ value: Int64, digits: Int, to text: inout [UInt8]) {
        let magnitude = String(value.magnitude).utf8
        if value < 0 { text.append(UInt8(ascii: "-")) }
        for _ in 0..<max(0, digits - magnitude.count) { text.append(UInt8(ascii: "0")) }
        text.append(contentsOf: magnitude)
    }

    /// Year, month and day of a day, counted from 1970-01-01 (Gregorian, in either direction).
    package static func civil(fromDays days: Int64) -> (Int64, Int64, Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }
}

extension Int64 {
    /// Quotient rounded down and the remainder, which is never negative.
    package func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
