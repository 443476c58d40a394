extension Rule {
    private static let folder = "Tests/Acceptance/"
    private static let list = folder + "helpers.txt"

    /// What lies among the acceptance scripts is a script, which the gate runs, or a helper that
    /// `helpers.txt` names, which it does not.
    static let acceptance = Rule("acceptance scripts") { files in
        let helpers = Set(files.first { $0.path == list }?.lines.map(String.init) ?? [])
        return files.compactMap { file in
            guard file.path.hasPrefix(folder), file.path.hasSuffix(".py") else { return nil }
            let name = String(file.path.dropFirst(folder.count))
            if name.contains("/") {
                return file.violation(
                    1,
                    "the gate does not run what is in a folder of its own",
                    fix: "put it right below \(folder)"
                )
            }
            let isScript = file.lines.contains { $0.hasPrefix("if __name__ == \"__main__\"") }
            if isScript == helpers.contains(name) {
                return file.violation(
                    1,
                    isScript
                        ? "a script that is run is listed as a helper"
                        : "neither a script that is run nor a helper",
                    fix: isScript
                        ? "take it from \(list)"
                        : "end it with `if __name__ == \"__main__\":`, or name it in \(list)"
                )
            }
            return nil
        }
    }
}
