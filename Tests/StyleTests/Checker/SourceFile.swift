/// A text file of the repository, prepared for the rules.
struct SourceFile {
    /// The path below the package root.
    let path: String
    /// The raw lines.
    let lines: [Substring]
    /// The tokens outside comments and literals; empty unless the file is Swift.
    let tokens: [Token]
    /// The comments by line number from 1; empty unless the file is Swift.
    let comments: [Int: String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let lexer = path.hasSuffix(".swift") ? SwiftLexer(text) : SwiftLexer("")
        tokens = lexer.tokens
        comments = lexer.comments
    }

    /// Whether the file is Swift source.
    var isSwift: Bool { path.hasSuffix(".swift") }

    /// The module that a file below Sources belongs to; every example is `Examples`.
    var module: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// Whether the file belongs to a pure layer (row 0).
    var isPure: Bool { module.flatMap(Layers.named)?.row == 0 }

    /// Whether the tokens from `index` on read as `pattern`.
    func reads(_ pattern: [Substring], at index: Int) -> Bool {
        index + pattern.count <= tokens.count
            && pattern.indices.allSatisfy { tokens[index + $0].text == pattern[$0] }
    }

    /// The comments that explain the declaration on a line: the block of comment and attribute
    /// lines that ends right above it, and what stands on the line itself.
    func explanation(of line: Int) -> String {
        var text = comments[line] ?? ""
        var above = line - 1
        while above >= 1 {
            let trimmed = lines[above - 1].drop { $0 == " " }
            guard trimmed.hasPrefix("//") || trimmed.hasPrefix("@") else { break }
            text = String(trimmed) + "\n" + text
            above -= 1
        }
        return text
    }

    /// A breach on a line of this file.
    func violation(_ line: Int, _ problem: String, fix: String) -> Violation {
        Violation(path: path, line: line, problem: problem, fix: fix)
    }
}
