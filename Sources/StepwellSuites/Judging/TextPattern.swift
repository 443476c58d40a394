/// A text that is expected: as it is, or as a pattern between slashes.
struct TextPattern {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The pattern between slashes; nil for a text that is expected as it is.
    private var pattern: Substring? {
        guard text.count > 2, text.hasPrefix("/"), text.hasSuffix("/") else { return nil }
        return text.dropFirst().dropLast()
    }

    /// What is wrong with a text; nil when nothing is.
    func objection(to actual: String?) -> String? {
        guard let actual else { return "expected \(text), got nothing" }
        let got = "got \(ShownText.short(actual))"
        guard let pattern else {
            return actual.utf8.elementsEqual(text.utf8) ? nil : "expected \(text), \(got)"
        }
        guard let expression = try? Regex(String(pattern)) else {
            return "\(text) is not a regular expression"
        }
        let isFound = (try? expression.firstMatch(in: actual)) != nil
        return isFound ? nil : "expected a match of \(text), \(got)"
    }
}
