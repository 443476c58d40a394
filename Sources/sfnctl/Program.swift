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
        await Sfnctl.main(arguments)
    }
}
