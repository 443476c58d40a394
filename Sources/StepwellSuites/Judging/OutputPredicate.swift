import StepwellHistory
import StepwellJSON
import StepwellJSONata

/// JSONata that has to be true of an outcome: `$` is the output, `$variables` are the variables,
/// `$elapsed` the seconds that it took.
struct OutputPredicate {
    private let text: String

    /// A predicate, with or without `{% %}`.
    init(_ text: String) {
        var bytes = Substring(text).utf8
        func trim() {
            while bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
            while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        }
        trim()
        if bytes.starts(with: "{%".utf8), bytes.suffix(2).elementsEqual("%}".utf8) {
            bytes = bytes.dropFirst(2).dropLast(2)
            trim()
        }
        self.text = String(Substring(bytes))
    }

    /// What is wrong with an outcome; nil when the predicate holds.
    func objection(to outcome: CaseOutcome) -> String? {
        guard let output = outcome.output, let input = try? output.value() else {
            return "\(text): there is no output"
        }
        let variables = outcome.variables.map { ($0.name, (try? $0.value.value()) ?? .null) }
        do throws(JSONataError) {
            let value = try JSONataExpression(text).evaluate(
                input,
                bindings: [
                    ("variables", .object(JSONObject(variables))),
                    ("elapsed", .number(JSONNumber(Double(outcome.elapsed) / 1_000))),
                ],
                sources: JSONataSources(milliseconds: 0, seed: 0)
            ).value
            if value == .bool(true) { return nil }
            let got = value.map { ShownText.short(JSONWriter.string($0)) } ?? "nothing"
            return "\(text): expected true, got \(got)"
        } catch {
            return "\(text): \(error.code): \(error.message)"
        }
    }
}
