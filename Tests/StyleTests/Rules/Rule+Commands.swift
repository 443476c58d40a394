import Foundation

extension Rule {
    /// The commands that the documents name are there and can be run.
    static let commands = Rule(
        "commands in the documents",
        perFile: { file in
            guard file.path.hasSuffix(".md") else { return [] }
            return file.lines.indices.flatMap { index in
                scripts(in: file.lines[index]).filter { !isExecutable($0) }.map {
                    file.violation(
                        index + 1,
                        "\($0) is not an executable file of this repository",
                        fix: "add it, or name the right command"
                    )
                }
            }
        }
    )

    private static func scripts(in line: Substring) -> [String] {
        let words = line.split { !$0.isLetter && !$0.isNumber && !"/._-".contains($0) }
        return words.filter { $0.hasPrefix("Tools/") || $0.hasPrefix(".ci/") }
            .map { word in
                String(word.reversed().drop { ".-/".contains($0) }.reversed())
            }
            .filter { !$0.split(separator: "/").dropFirst().joined().contains(".") }
    }

    private static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: Repository.root.appending(path: path).path)
    }
}
