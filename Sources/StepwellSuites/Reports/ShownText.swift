import StepwellHistory
import StepwellJSON

/// Texts for people, cut where they are long.
enum ShownText {
    private static let limit = 160

    /// A text of a bounded length.
    static func short(_ text: String) -> String {
        text.count > limit ? "\(text.prefix(limit))…" : text
    }

    /// Error and cause; of a task that nothing does, what to do about it.
    static func of(_ failure: Failure) -> String {
        let error = failure.error ?? "no error name"
        if error == "Stepwell.NoHandler" {
            return "\(error): nothing does the task; give its state a response under 'mocks'"
        }
        guard let cause = failure.cause, !cause.isEmpty else { return error }
        return "\(error): \(short(said(cause)))"
    }

    /// What a function says of its failure: the message, and where it was raised; of every other
    /// cause all.
    private static func said(_ cause: String) -> String {
        guard let report = try? JSONValue(parsing: cause),
            let message = report["errorMessage"]?.stringValue, !message.isEmpty
        else { return cause }
        // Python has its outermost call first, Node.js the error and then the innermost.
        let place =
            report["stackTrace"]?.arrayValue?.last
            ?? report["trace"]?.arrayValue?.dropFirst().first
        let line = place?.stringValue?.split(separator: "\n").first?
            .drop { $0 == " " }
        return line.map { "\(message) (\($0))" } ?? message
    }
}
