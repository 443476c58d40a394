/// The names that some files declare, by the kind of their type as far as it is written out.
struct DeclaredNames {
    /// Names declared as a dictionary or set, and nowhere as anything else.
    let unordered: Set<String>
    /// Names declared as text, and nowhere as anything else.
    let texts: Set<String>

    init(in files: [SourceFile]) {
        var unordered: Set<String> = []
        var texts: Set<String> = []
        var others: Set<String> = []
        for file in files {
            for index in file.tokens.indices {
                guard let kind = Self.kind(in: file.tokens, of: index) else { continue }
                switch kind {
                case .unordered: unordered.insert(file.tokens[index].text)
                case .text: texts.insert(file.tokens[index].text)
                case .other: others.insert(file.tokens[index].text)
                }
            }
        }
        self.unordered = unordered.subtracting(others).subtracting(texts)
        self.texts = texts.subtracting(others).subtracting(unordered)
    }

    private enum Kind { case unordered, text, other }

    /// The kind of type that the token at `index` is declared with; nil where it is no declaration.
    private static func kind(in tokens: [Token], of index: Int) -> Kind? {
        guard index > 0, index + 2 < tokens.count, let first = tokens[index].text.utf8.first,
            first >= UInt8(ascii: "_")
        else { return nil }
        let introduced = ["let", "var"].contains(tokens[index - 1].text)
        var next = index + 2
        switch tokens[index + 1].text {
        case ":":
            if tokens[next].text == "inout" { next += 1 }
        case "=" where introduced: break
        default: return nil
        }
        return type(in: tokens, at: next, declared: introduced)
    }

    private static func type(in tokens: [Token], at index: Int, declared: Bool) -> Kind? {
        switch tokens[index].text {
        case "Set", "Dictionary": return .unordered
        case "String", "Substring": return tokens[index + 1].text == "." ? nil : .text
        case "[": return isDictionary(tokens, at: index) ? .unordered : .other
        default:
            let capital = tokens[index].text.utf8.first.map { $0 < UInt8(ascii: "_") } ?? false
            return capital || declared ? .other : nil
        }
    }

    /// Whether a bracket opens a dictionary type or literal: a colon stands at its own depth.
    private static func isDictionary(_ tokens: [Token], at open: Int) -> Bool {
        var depth = 0
        for token in tokens[open...] {
            switch token.text {
            case "[", "(", "{": depth += 1
            case "]", ")", "}": depth -= 1
            case ":" where depth == 1: return true
            default: break
            }
            if depth == 0 { return false }
        }
        return false
    }
}
