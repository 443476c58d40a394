/// Reads an ISO 8601 extended offset date-time.
struct TimestampReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The instant, when the whole text is one.
    mutating func instant() -> (seconds: Int64, nanoseconds: Int32)? {
        guard let days = date(), take(UInt8(ascii: "T")), let time = time(),
            let offset = offset(), place == bytes.count
        else { return nil }
        return (days * 86_400 + time.seconds - offset, time.nanoseconds)
    }

    /// Days since 1970-01-01.
    private mutating func date() -> Int64? {
        guard let year = number(digits: 4), take(UInt8(ascii: "-")),
            let month = number(digits: 2), take(UInt8(ascii: "-")),
            let day = number(digits: 2),
            (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        return Self.days(before: year, month, day)
    }

    private mutating func time() -> (seconds: Int64, nanoseconds: Int32)? {
        guard let hour = number(digits: 2), hour < 24, take(UInt8(ascii: ":")),
            let minute = number(digits: 2), minute < 60
        else { return nil }
        var second: Int64 = 0
        var nanoseconds: Int32 = 0
        if take(UInt8(ascii: ":")) {
            guard let read = number(digits: 2), read < 60 else { return nil }
            second = read
            if take(UInt8(ascii: ".")) {
                guard let fraction = fraction() else { return nil }
                nanoseconds = fraction
            }
        }
        return (hour * 3600 + minute * 60 + second, nanoseconds)
    }

    /// One to nine digits after the point, as nanoseconds.
    private mutating func fraction() -> Int32? {
        var value: Int32 = 0
        var count = 0
        while count < 9, place < bytes.count, let digit = Self.digit(bytes[place]) {
            value = value * 10 + Int32(digit)
            count += 1
            place += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<9 {
            value *= 10
        }
        return value
    }

    /// The offset from UTC in seconds.
    private mutating func offset() -> Int64? {
        if take(UInt8(ascii: "Z")) { return 0 }
        let sign: Int64
        if take(UInt8(ascii: "+")) {
            sign = 1
        } else if take(UInt8(ascii: "-")) {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(digits: 2), hours <= 18, take(UInt8(ascii: ":")),
            let minutes = number(digits: 2), minutes < 60, hours * 60 + minutes <= 18 * 60
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private mutating func number(digits: Int) -> Int64? {
        guard place + digits <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[place..<place + digits] {
            guard let digit = Self.digit(byte) else { return nil }
            value = value * 10 + digit
        }
        place += digits
        return value
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private static func digit(_ byte: UInt8) -> Int64? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            ? Int64(byte - UInt8(ascii: "0")) : nil
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar, counting the year from
    /// March so that the leap day is its last.
    private static func days(before year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        // 400 years are an era of 146,097 days; years are 0 to 9999, so shifted is at least -1.
        let era = (shifted + 400) / 400 - 1
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
