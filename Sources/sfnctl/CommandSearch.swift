import ArgumentParser
import StepwellIntegrations

/// Finds the command that a command line names, before its options are looked at: a word that is
/// none is told with the one that was probably meant.
enum CommandSearch {
    /// What is wrong with the words before the first option; nil when they name a command.
    static func problem(
        with arguments: [String],
        of root: any ParsableCommand.Type = Sfnctl.self
    ) -> String? {
        var words = arguments.prefix { !$0.utf8.starts(with: "-".utf8) }
        if words.first == "help" { words.removeFirst() }
        var command = root
        var path = "sfnctl"
        for word in words {
            let all = command.configuration.subcommands
            guard !all.isEmpty else { return nil }
            guard let next = all.first(where: { name(of: $0) == word }) else {
                let names = all.filter { $0.configuration.shouldDisplay }.map { name(of: $0) }
                return "there is no command '\(path) \(word)'"
                    + NearName.suggestion(word, in: names + (path == "sfnctl" ? ["help"] : []))
            }
            command = next
            path += " \(word)"
        }
        return nil
    }

    /// The word that a command is called by.
    static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? ""
    }
}
