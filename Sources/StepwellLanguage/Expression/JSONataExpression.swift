/// A JSONata expression in a field of a state: `{% … %}`, the whole string.
package struct JSONataExpression: Sendable, Equatable {
    /// The string as it was written, with its delimiters.
    package let source: String

    /// Takes a string; `nil` when it is no expression but a plain string (ASL specification, "Using
    /// JSONata expressions": the delimiters are the first and the last characters).
    package init?(_ string: String) {
        guard string.utf8.count >= 4, string.utf8.starts(with: "{%".utf8),
            string.utf8.suffix(2).elementsEqual("%}".utf8)
        else { return nil }
        source = string
    }

    /// What stands between the delimiters.
    package var text: String { String(source.utf8.dropFirst(2).dropLast(2)) ?? "" }

    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.source.utf8.elementsEqual(rhs.source.utf8)
    }
}
