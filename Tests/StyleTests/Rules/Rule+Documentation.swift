extension Rule {
    private static let declarations: Set = [
        "actor", "class", "enum", "func", "init", "protocol", "struct", "subscript", "typealias",
        "let", "var", "macro",
    ]
    private static let modifiers: Set = [
        "final", "static", "mutating", "nonmutating", "indirect", "convenience", "required", "lazy",
        "weak", "unowned", "consuming", "borrowing", "nonisolated", "isolated", "override",
        "(", ")", "private", "package", "set", "unsafe", "sending", "prefix", "postfix", "infix",
    ]

    /// The requirements of the standard library and of swift-nio that need no words of ours.
    private static let foreign: Set = [
        "<", "=", "encode", "hash", "makeAsyncIterator", "makeIterator", "next", "Element",
        "channelActive", "channelInactive", "channelRead", "errorCaught",
    ]

    /// Every public and package declaration says what it means.
    ///
    /// May be silent in a package: an initialiser or a property of a documented type when the names
    /// say all, and what is documented where a protocol asks for it. swift format asks for every
    /// public declaration.
    static let documentation = Rule("documentation") { files in
        let sources = files.filter { $0.path.hasPrefix("Sources/") }
        let known = foreign.union(sources.flatMap(documentedRequirements))
        return sources.flatMap { file in
            file.tokens.indices.compactMap { index in
                let access = file.tokens[index]
                guard ["public", "package", "open"].contains(access.text),
                    let found = declaration(in: file, after: index),
                    !file.explanation(of: access.line).contains("///")
                else { return nil }
                let keyword = file.tokens[found].text
                let silent =
                    ["init", "let", "var"].contains(keyword)
                    || known.contains(file.tokens[found + 1].text)
                guard !(access.text == "package" && silent) else { return nil }
                return file.violation(
                    access.line,
                    "\(access.text) \(keyword) without `///`",
                    fix: "say meaning, units, errors thrown and the source of the rule"
                )
            }
        }
    }

    /// The names of the functions that the protocols of a file require and explain.
    private static func documentedRequirements(of file: SourceFile) -> [String] {
        var names: [String] = []
        var depth = 0
        var inside = false
        for (index, token) in file.tokens.enumerated() {
            if token.text == "protocol" && depth == 0 { inside = true }
            if token.text == "{" { depth += 1 }
            if token.text == "}" {
                depth -= 1
                if depth == 0 { inside = false }
            }
            let explained =
                inside && depth == 1 && token.text == "func"
                && file.explanation(of: token.line).contains("///")
            if explained { names.append(file.tokens[index + 1].text) }
        }
        return names
    }

    /// Where the keyword of an access modifier's declaration stands; nil where it declares nothing
    /// of its own.
    private static func declaration(in file: SourceFile, after index: Int) -> Int? {
        for next in file.tokens.indices[(index + 1)...].prefix(12).dropLast() {
            let text = file.tokens[next].text
            if text == "override" { return nil }
            if declarations.contains(text) { return next }
            guard modifiers.contains(text) else { return nil }
        }
        return nil
    }
}
