/// The pattern of `StringMatches`: `*` stands for any text, `\*` for an asterisk and `\\` for a
/// backslash.
package struct StringPattern: Sendable {
    /// The pattern as it was written.
    package let text: String

    /// The literal parts between the asterisks, as UTF-8.
    private let parts: [[UInt8]]

    /// Compiles `text`; a backslash before any other character (or at the end) is itself.
    package init(_ text: String) {
        self.text = text
        var parts: [[UInt8]] = []
        var part: [UInt8] = []
        var escaped = false
        for byte in text.utf8 {
            switch (escaped, byte) {
            case (true, UInt8(ascii: "*")), (true, UInt8(ascii: "\\")):
                part.append(byte)
                escaped = false
            case (true, _):
                part.append(UInt8(ascii: "\\"))
                part.append(byte)
                escaped = false
            case (false, UInt8(ascii: "\\")):
                escaped = true
            case (false, UInt8(ascii: "*")):
                parts.append(part)
                part = []
            case (false, _):
                part.append(byte)
            }
        }
        if escaped {
            part.append(UInt8(ascii: "\\"))
        }
        parts.append(part)
        self.parts = parts
    }

    /// The budget steps that matching `candidate` may take.
    func cost(of candidate: String) -> Int {
        1 + candidate.utf8.count * parts.count / 16
    }

    /// Whether the whole of `candidate` matches.
    package func matches(_ candidate: String) -> Bool {
        var rest = Array(candidate.utf8)[...]
        guard let first = parts.first, rest.starts(with: first) else { return false }
        guard parts.count > 1, let last = parts.last else { return rest.count == first.count }
        rest = rest.dropFirst(first.count)
        // The leftmost place of each part leaves the most room for those after it.
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }
}
