extension Rule {
    private static let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]

    /// Nothing unfinished is left behind.
    static let leftovers = Rule(
        "leftovers",
        perFile: { file in
            file.lines.indices.flatMap { index in
                let words = file.lines[index].split { !$0.isLetter && $0 != "_" }
                return marks.filter { words.contains(Substring($0)) }.map {
                    file.violation(
                        index + 1,
                        "leftover \($0)",
                        fix: "do it, or say in the text what is not done and why"
                    )
                }
            }
        }
    )

    private static let folders = ["work", "root", "home", "farm"].map { "/" + $0 + "/" }

    /// No path of one machine is in the repository.
    static let machinePaths = Rule(
        "machine paths",
        perFile: { file in
            file.lines.indices.compactMap { index in
                guard let folder = folders.first(where: { holds($0, in: file.lines[index]) })
                else { return nil }
                return file.violation(
                    index + 1,
                    "a path below \(folder)",
                    fix: "derive it from the package root or an argument"
                )
            }
        }
    )

    /// Whether the folder stands in the line at the start of a path.
    private static func holds(_ folder: String, in line: Substring) -> Bool {
        let bytes = Array(line.utf8)
        let wanted = Array(folder.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { start in
            guard bytes[start] == wanted[0],
                wanted.indices.allSatisfy({ bytes[start + $0] == wanted[$0] })
            else { return false }
            guard start > 0 else { return true }
            let before = UnicodeScalar(bytes[start - 1])
            return
                !(before.properties.isAlphabetic || before.properties.numericType != nil
                || "_.-}*)".unicodeScalars.contains(before))
        }
    }
}
