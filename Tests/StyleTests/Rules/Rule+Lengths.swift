extension Rule {
    /// No function is longer than 70 lines.
    static let functionLength = Rule(
        "function length",
        perFile: { file in
            FunctionBody.all(in: file).filter { $0.length > 70 }.map {
                file.violation(
                    $0.firstLine,
                    "\($0.name) has \($0.length) lines, 70 are allowed",
                    fix: "give its parts names of their own"
                )
            }
        }
    )

    /// No file of Swift, and none of the console, is longer than 400 lines.
    static let fileLength = Rule(
        "file length",
        perFile: { file in
            let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
            guard file.isSwift || isOfPage(file), count > 400 else { return [] }
            return [
                file.violation(
                    401,
                    "the file has \(count) lines, 400 are allowed",
                    fix: "split it by concept, Type+Feature.swift"
                )
            ]
        }
    )

    /// No line of code is longer than 100 columns (Unicode scalars).
    static let lineLength = Rule(
        "line length",
        perFile: { file in
            let isCode = [".swift", ".py", ".sh"].contains(where: file.path.hasSuffix)
            guard isCode || isScript(file) || isOfPage(file) else { return [] }
            return file.lines.indices.compactMap { index in
                let count = file.lines[index].unicodeScalars.count
                guard count > 100 else { return nil }
                return file.violation(
                    index + 1,
                    "the line has \(count) columns, 100 are allowed",
                    fix: "break it"
                )
            }
        }
    )

    private static func isOfPage(_ file: SourceFile) -> Bool {
        [".js", ".css", ".html"].contains(where: file.path.hasSuffix)
    }

    private static func isScript(_ file: SourceFile) -> Bool {
        file.lines[0].hasPrefix("#!")
    }
}
