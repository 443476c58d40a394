import ArgumentParser

/// `sfnctl completions`: the script by which a shell completes command lines.
struct CompletionsCommand: ParsableCommand {
    /// A shell that there is a script for.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash
        case zsh
        case fish

        fileprivate var shell: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print a shell's completion script.",
        discussion: """
            bash: put it where the shell looks, such as \
            ~/.local/share/bash-completion/completions/sfnctl. zsh: as _sfnctl into a directory of \
            $fpath. fish: ~/.config/fish/completions/sfnctl.fish.

            EXAMPLES
              sfnctl completions bash > sfnctl.bash
              sfnctl completions zsh > _sfnctl
              sfnctl completions fish > sfnctl.fish
            """
    )

    @Argument(help: ArgumentHelp("bash, zsh or fish.", valueName: "SHELL"))
    var shell: Shell

    func run() throws {
        Terminal.line(Sfnctl.completionScript(for: shell.shell))
    }
}
