/// A path inside a filter or an argument: below the value under test (`@`) or below the document
/// that the outer path started from (`$`).
struct FilterPath: Sendable {
    let isRelative: Bool
    let segments: [PathSegment]
}
