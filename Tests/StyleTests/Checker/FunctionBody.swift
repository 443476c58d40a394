/// The extent of one function, initialiser, subscript, accessor or closure-like body.
struct FunctionBody {
    /// The function's name, or its keyword where it has none.
    let name: String
    /// The line of the keyword.
    let firstLine: Int
    /// The lines from the keyword to the closing brace, both included.
    let length: Int

    private static let keywords: Set = ["func", "init", "deinit", "subscript", "var"]
    private static let otherDeclarations: Set = [
        "actor", "associatedtype", "case", "class", "deinit", "enum", "extension", "func", "import",
        "let", "protocol", "struct", "subscript", "typealias", "var",
    ]

    /// Every function of a file, nested ones too.
    static func all(in file: SourceFile) -> [FunctionBody] {
        file.tokens.indices.compactMap { body(in: file.tokens, at: $0) }
    }

    private static func body(in tokens: [Token], at index: Int) -> FunctionBody? {
        let keyword = tokens[index]
        guard keywords.contains(keyword.text), index + 1 < tokens.count else { return nil }
        if index > 0, [".", "`"].contains(tokens[index - 1].text) { return nil }
        guard let open = openingBrace(in: tokens, after: index),
            let close = closingBrace(in: tokens, from: open)
        else { return nil }
        let named = keyword.text == "func" || keyword.text == "var"
        return FunctionBody(
            name: named ? tokens[index + 1].text : keyword.text,
            firstLine: keyword.line,
            length: tokens[close].line - keyword.line + 1
        )
    }

    /// The brace that opens the body; nil for a requirement, a stored property or a mere mention.
    private static func openingBrace(in tokens: [Token], after index: Int) -> Int? {
        var depth = 0
        for next in (index + 1)..<tokens.count {
            switch tokens[next].text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return next
            case "}" where depth == 0: return nil
            case "=" where depth == 0 && tokens[index].text == "var": return nil
            default:
                let isName = next == index + 1
                if depth == 0 && !isName && otherDeclarations.contains(tokens[next].text) {
                    return nil
                }
            }
            if depth < 0 { return nil }
        }
        return nil
    }

    private static func closingBrace(in tokens: [Token], from open: Int) -> Int? {
        var depth = 0
        for index in open..<tokens.count {
            if tokens[index].text == "{" { depth += 1 }
            if tokens[index].text == "}" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
