package import StepwellJSONata

/// A JSONata expression in a field of a state: `{% … %}`, the whole string; compiled once, when the
/// definition is.
package struct StateExpression: Sendable, Equatable {
    /// The string as it was written, with its delimiters.
    package let source: String
    /// The compiled expression, or why it is none.
    package let compiled: Result<JSONataExpression, JSONataError>
    /// What it may look at of `$states`.
    package let reads: StatesMembers

    /// Takes a string; `nil` when it is no expression but a plain string (ASL specification, "Using
    /// JSONata expressions": the delimiters are the first and the last characters).
    package init?(_ string: String) {
        guard string.utf8.count >= 4, string.utf8.starts(with: "{%".utf8),
            string.utf8.suffix(2).elementsEqual("%}".utf8)
        else { return nil }
        source = string
        let text = Self.text(of: string)
        compiled = Result { () throws(JSONataError) in
            try JSONataExpression(text, profile: .aws)
        }
        reads = (try? compiled.get()).map { StatesMembers(of: $0) } ?? []
    }

    /// What stands between the delimiters.
    package var text: String { Self.text(of: source) }

    /// The expression as AWS shows it in causes: without the white space around it.
    package var shown: String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let bytes = Array(text.utf8.drop(while: isSpace))
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    private static func text(of source: String) -> String {
        String(source.utf8.dropFirst(2).dropLast(2)) ?? ""
    }

    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.source.utf8.elementsEqual(rhs.source.utf8)
    }
}
