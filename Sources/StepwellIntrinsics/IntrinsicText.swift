/// A string literal of a call: its text, and its text cut at each `{}` that was not escaped.
struct IntrinsicText: Sendable {
    let text: String
    let pieces: [String]
}
