extension Rule {
    private static let declarations: Set = [
        "actor", "class", "enum", "func", "init", "protocol", "struct", "subscript", "typealias",
        "let", "var", "macro",
    ]
    private static let modifiers: Set = [
        "final", "static", "mutating", "nonmutating", "indirect", "convenience", "required", "lazy",
        "weak", "unowned", "consuming", "borrowing", "nonisolated", "isolated", "class", "override",
        "(", ")", "private", "package", "set", "unsafe", "sending", "prefix", "postfix", "infix",
    ]

    /// Every public and package declaration says what it means.
    ///
    /// A package initialiser, and a package property of a documented type, may be silent when the
    /// names say all; swift format asks for every public declaration.
    static let documentation = Rule(
        "documentation",
        perFile: { file in
            guard file.path.hasPrefix("Sources/") else { return [] }
            return file.tokens.indices.compactMap { index in
                let access = file.tokens[index]
                guard ["public", "package", "open"].contains(access.text),
                    let keyword = declaration(in: file, after: index)
                else { return nil }
                let silent = access.text == "package" && ["init", "let", "var"].contains(keyword)
                guard !silent, !file.explanation(of: access.line).contains("///") else {
                    return nil
                }
                return file.violation(
                    access.line,
                    "\(access.text) \(keyword) without `///`",
                    mend: "say meaning, units, errors thrown and the source of the rule"
                )
            }
        }
    )

    /// The keyword that an access modifier belongs to; nil where it declares nothing of its own.
    private static func declaration(in file: SourceFile, after index: Int) -> String? {
        for next in file.tokens[(index + 1)...].prefix(12) {
            if next.text == "override" || next.text == "import" || next.text == "extension" {
                return nil
            }
            if declarations.contains(next.text) && next.text != "class" { return next.text }
            guard modifiers.contains(next.text) else {
                return next.text == "class" ? "class" : nil
            }
        }
        return nil
    }
}
