import StepwellEngine
import StepwellJSON

/// Times in test files: a number of seconds, or numbers with units, such as `1h30m` or `365d`.
enum SuiteDuration {
    private static let units: [(name: String, milliseconds: Double)] = [
        ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
        ("w", 604_800_000),
    ]

    /// The milliseconds that a value stands for; nil when it is no time, or longer than a hundred
    /// years.
    static func milliseconds(of value: JSONValue) -> Int64? {
        if let seconds = value.doubleValue { return checked(seconds * 1_000) }
        guard let text = value.stringValue, !text.isEmpty else { return nil }
        if let seconds = Double(text) { return checked(seconds * 1_000) }
        var rest = Substring(text)
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let letters = rest.dropFirst(digits.count).prefix { $0.isLetter }
            guard let number = Double(digits),
                let unit = units.first(where: { $0.name == letters })
            else { return nil }
            total += number * unit.milliseconds
            rest = rest.dropFirst(digits.count + letters.count)
        }
        return checked(total)
    }

    private static func checked(_ milliseconds: Double) -> Int64? {
        let longest = MockConfiguration.longestDelay * 1_000
        return (0...longest) ~= milliseconds ? Int64(milliseconds) : nil
    }

    /// A time for people: the two greatest units of it.
    static func text(_ milliseconds: Int64) -> String {
        var rest = milliseconds
        var parts: [String] = []
        for (name, length) in units.reversed().dropFirst() where rest >= Int64(length) {
            parts.append("\(rest / Int64(length))\(name)")
            rest %= Int64(length)
        }
        return parts.isEmpty ? "0s" : parts.joined(separator: " ")
    }
}
