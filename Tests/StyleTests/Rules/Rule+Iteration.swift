extension Rule {
    /// The pure layers do not depend on the order of a Dictionary or Set.
    ///
    /// A heuristic: names that the module declares as a dictionary or set, and nowhere as anything
    /// else, are not iterated unless the line sorts, or a comment says `Order-free: …`.
    static let unorderedIteration = Rule("iteration of dictionaries and sets") { files in
        byModule(files).flatMap { files in
            let declared = DeclaredNames(in: files)
            return files.flatMap { file in
                uses(of: declared.unordered, in: file, calls: unorderedCalls).map {
                    file.violation(
                        $0.line,
                        "`\($0.text)` is iterated, and its order differs by process",
                        fix: "sort first, keep an array beside it, or prove `// Order-free: …`"
                    )
                }
            }
        }
    }

    /// The pure layers do not read text by `Character`: Unicode equivalence would merge what JSON
    /// keeps apart.
    static let characterIteration = Rule("iteration by Character") { files in
        byModule(files).flatMap { files in
            let declared = DeclaredNames(in: files)
            return files.flatMap { file in
                let types = file.tokens.filter { $0.text == "Character" }
                let loops = uses(of: declared.texts, in: file, calls: [])
                return (types + loops).map {
                    file.violation(
                        $0.line,
                        "`\($0.text)` is read by Character",
                        fix: "use its utf8, utf16 or unicodeScalars"
                    )
                }
            }
        }
    }

    private static let unorderedCalls: Set = [
        "compactMap", "enumerated", "first", "flatMap", "forEach", "keys", "lazy", "map", "reduce",
        "values",
    ]

    private static func byModule(_ files: [SourceFile]) -> [[SourceFile]] {
        let pure = files.filter(\.isPure)
        let modules = Set(pure.compactMap(\.module)).sorted()
        return modules.map { module in pure.filter { $0.module == module } }
    }

    /// The places where one of the names is looped over, or one of the calls is made on it.
    private static func uses(
        of names: Set<String>,
        in file: SourceFile,
        calls: Set<String>
    ) -> [Token] {
        file.tokens.indices.compactMap { index in
            let token = file.tokens[index]
            guard names.contains(token.text), index + 2 < file.tokens.count,
                !file.explanation(of: token.line).contains("Order-free:"),
                !sorts(file, from: index)
            else { return nil }
            let called =
                file.tokens[index + 1].text == "." && calls.contains(file.tokens[index + 2].text)
            return called || loops(over: index, in: file) ? token : nil
        }
    }

    /// Whether the name ends the sequence of a for loop: `in a.name {`, `in name where`.
    private static func loops(over index: Int, in file: SourceFile) -> Bool {
        guard ["{", "where"].contains(file.tokens[index + 1].text) else { return false }
        var start = index
        while start >= 2, file.tokens[start - 1].text == "." { start -= 2 }
        return start >= 1 && file.tokens[start - 1].text == "in"
    }

    /// Whether the statement sorts, or asks what no order changes.
    private static func sorts(_ file: SourceFile, from index: Int) -> Bool {
        let line = file.tokens[index].line
        let harmless: Set = ["sorted", "contains", "isEmpty", "count", "isSubset", "allSatisfy"]
        return file.tokens[index...].prefix { $0.line <= line + 1 && $0.text != "{" }
            .contains { harmless.contains($0.text) }
    }
}
