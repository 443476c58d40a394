import StepwellHistory

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
        return "\(error): \(short(cause))"
    }
}
