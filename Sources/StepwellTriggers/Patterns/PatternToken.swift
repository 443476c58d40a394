/// A token of a pattern's JSON text.
enum PatternToken: Sendable, Hashable {
    case startObject
    case endObject
    case startArray
    case endArray
    case field
    case string
    case number
    case `true`
    case `false`
    case null
    /// Behind the last token.
    case end
}
