import ArgumentParser

/// The help that argument-parser writes, with the values of options and arguments in capitals,
/// whether or not a command names them: `<DATA-DIR>`.
enum HelpText {
    /// What is no value that somebody gives.
    private static let plain = ["options", "subcommand"]

    /// The text with its placeholders in capitals; what is no help stays as it is.
    static func capitalised(_ text: String) -> String {
        guard text.contains("USAGE: ") || text.contains("Usage: ") else { return text }
        return text.replacing(/<([a-z][a-z0-9-]*)>/) { match in
            let name = String(match.1)
            return plain.contains(name) ? "<\(name)>" : "<\(name.uppercased())>"
        }
    }
}
