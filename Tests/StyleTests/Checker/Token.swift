/// A word or a single punctuation character of Swift code, outside comments and string literals.
struct Token: Equatable {
    /// The word or character.
    let text: String
    /// The line it stands on, from 1.
    let line: Int
}
