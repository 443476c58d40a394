/// Numbers in English words.
enum WordNumbers {
    private static let few = [
        "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
        "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen",
        "Nineteen",
    ]
    private static let ordinals = [
        "Zeroth", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth",
        "Ninth", "Tenth", "Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth",
        "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth",
    ]
    private static let decades = [
        "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety",
    ]
    private static let magnitudes: [(value: Double, text: String)] = [
        (1e12, "Trillion"), (1e9, "Billion"), (1e6, "Million"), (1e3, "Thousand"),
    ]

    /// What each word is worth, in lower case.
    private static let values: [String: Double] = {
        var values: [String: Double] = ["hundred": 100, "hundredth": 100]
        for (index, word) in few.enumerated() {
            values[word.lowercased()] = Double(index)
            values[ordinals[index].lowercased()] = Double(index)
        }
        for (index, word) in decades.enumerated() {
            values[word.lowercased()] = Double(index * 10 + 20)
            values[word.lowercased().dropLast() + "ieth"] = Double(index * 10 + 20)
        }
        for magnitude in magnitudes {
            values[magnitude.text.lowercased()] = magnitude.value
            values[magnitude.text.lowercased() + "th"] = magnitude.value
        }
        return values
    }()

    /// Every word of a number in lower case, the longer first.
    static let vocabulary: [String] = values.keys.sorted {
        ($1.utf8.count, $0) < ($0.utf8.count, $1)
    }

    /// The words for a whole number, with a capital each.
    static func text(_ value: Double, ordinal: Bool) -> String {
        text(value, follows: false, ordinal: ordinal)
    }

    private static func text(_ value: Double, follows: Bool, ordinal: Bool) -> String {
        if value < 100 {
            return (follows ? " and " : "") + small(Int(value), ordinal: ordinal)
        }
        let comma = follows ? ", " : ""
        let unit = magnitudes.first { value >= $0.value } ?? (100, "Hundred")
        let count = (value / unit.value).rounded(.down)
        let rest = value - count * unit.value
        let head = comma + text(count, follows: false, ordinal: false) + " " + unit.text
        guard rest > 0 else {
            return head + (ordinal ? "th" : "")
        }
        return head + text(rest, follows: true, ordinal: ordinal)
    }

    private static func small(_ value: Int, ordinal: Bool) -> String {
        if value < 20 {
            return ordinal ? ordinals[value] : few[value]
        }
        let decade = decades[value / 10 - 2]
        if value % 10 > 0 {
            return decade + "-" + small(value % 10, ordinal: ordinal)
        }
        return ordinal ? decade.dropLast() + "ieth" : decade
    }

    /// The number that words stand for; `nil` where one of them is no number.
    static func number(_ text: String) -> Double? {
        var segments: [Double] = [0]
        let words = text.lowercased().utf8.split { byte in
            byte == 0x20 || byte == 0x2C || byte == 0x2D || byte == 0x5C
                || (byte >= 0x09 && byte <= 0x0D)
        }
        for word in words {
            let word = String(decoding: Array(word), as: UTF8.self)
            if word == "and" {
                continue
            }
            guard let value = values[word], let top = segments.popLast() else {
                return nil
            }
            if value >= 100 {
                segments.append(top * value)
            } else if top >= 1_000 {
                segments += [top, value]
            } else {
                segments.append(top + value)
            }
        }
        return words.isEmpty ? nil : segments.reduce(0, +)
    }
}
