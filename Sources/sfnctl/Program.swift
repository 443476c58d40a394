import ArgumentParser
import Glibc

/// Where the process begins.
@main
enum Program {
    static func main() async {
        StandardStreams.complete()
        // Before anything else: a signal that comes while a store is opened counts too.
        Signals.trap()
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let problem = CommandSearch.problem(with: arguments) {
            Terminal.note("Error: \(Terminal.plain(problem))")
            Terminal.note("  See 'sfnctl --help' for the commands.")
            exit(CommandFailure.Status.usage.rawValue)
        }
        do {
            var command = try Sfnctl.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// Prints help, or what is wrong, and ends with the status that it asks for.
    private static func end(with error: any Error) -> Never {
        let status = Sfnctl.exitCode(for: error)
        let text = HelpText.capitalised(Sfnctl.fullMessage(for: error))
        if !text.isEmpty { Terminal.line(text, to: status.isSuccess ? .output : .error) }
        exit(status.rawValue)
    }
}
