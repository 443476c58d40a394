/// A number of seconds as people say it.
struct DurationWords {
    /// Such as `90 s`, `2 h 30 min` or `7 days`.
    let text: String

    init(seconds: Int64) {
        guard seconds >= 120 else {
            text = "\(seconds) s"
            return
        }
        let units: [(Int64, String)] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")]
        var rest = seconds
        var parts: [String] = []
        for (size, name) in units where rest >= size {
            parts.append("\(rest / size) \(name)")
            rest %= size
        }
        text = parts.joined(separator: " ")
    }
}
