import StepwellHistory
import StepwellLanguage

/// Times as the protocols write and read them.
enum TimestampText {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The time so many seconds after the epoch, to the millisecond; nil when it is beyond all
    /// years.
    static func timestamp(seconds: Double) -> StatesTimestamp? {
        guard seconds.isFinite, abs(seconds) < 2.5e11 else { return nil }
        let time = Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
        return StatesTimestamp(parsing: time.rfc3339)
    }

    /// ISO 8601, with as much of a fraction as there is.
    static func iso8601(_ time: StatesTimestamp) -> String {
        let text = Timestamp(milliseconds: time.seconds * 1000).rfc3339
        let seconds = String(decoding: text.utf8.dropLast(5), as: UTF8.self)
        guard time.nanoseconds > 0 else { return seconds + "Z" }
        // As Java's Instant: three, six or nine digits.
        var digits = Array(String(1_000_000_000 + Int(time.nanoseconds)).utf8.dropFirst())
        while digits.count > 3, digits.suffix(3).allSatisfy({ $0 == UInt8(ascii: "0") }) {
            digits.removeLast(3)
        }
        return "\(seconds).\(String(decoding: digits, as: UTF8.self))Z"
    }

    /// RFC 822, to the second: `Wed, 02 Oct 2002 13:00:00 GMT`.
    static func rfc822(_ time: StatesTimestamp) -> String {
        let text = Array(Timestamp(milliseconds: time.seconds * 1000).rfc3339.utf8)
        let part = { (range: Range<Int>) in String(decoding: text[range], as: UTF8.self) }
        let day = (time.seconds / 86_400 - (time.seconds % 86_400 < 0 ? 1 : 0)) % 7
        let name = days[Int(day < 0 ? day + 7 : day)]
        let month = months[(Int(part(5..<7)) ?? 1) - 1]
        return "\(name), \(part(8..<10)) \(month) \(part(0..<4)) \(part(11..<19)) GMT"
    }

    /// Seconds after the epoch, with as much of a fraction as there is.
    static func unix(_ time: StatesTimestamp) -> String {
        guard time.nanoseconds > 0 else { return String(time.seconds) }
        let value = Double(time.seconds) + Double(time.nanoseconds / 1_000_000) / 1000
        return value.description
    }

    /// Reads RFC 822; nil when it is none.
    static func parse(rfc822 text: String) -> StatesTimestamp? {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        guard words.count >= 5, let month = months.firstIndex(of: words[2]),
            let day = Int(words[1]), words[3].utf8.count == 4
        else { return nil }
        let two = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
        return StatesTimestamp(parsing: "\(words[3])-\(two(month + 1))-\(two(day))T\(words[4])Z")
    }

    /// Reads whatever form a service uses.
    static func parse(_ text: String) -> StatesTimestamp? {
        if let time = StatesTimestamp(parsing: text) ?? parse(rfc822: text) { return time }
        if let seconds = Double(text) { return timestamp(seconds: seconds) }
        // Without an offset it is UTC.
        return StatesTimestamp(parsing: text + "Z")
    }

    /// A time in the form of a trait, or in a protocol's own.
    static func text(
        _ time: StatesTimestamp,
        _ format: ShapeTraits.TimestampFormat?,
        default fallback: ShapeTraits.TimestampFormat
    ) -> String {
        switch format ?? fallback {
        case .iso8601: iso8601(time)
        case .rfc822: rfc822(time)
        case .unixTimestamp: unix(time)
        }
    }
}
