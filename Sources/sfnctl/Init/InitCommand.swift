import ArgumentParser
import Foundation

/// `sfnctl init`: a new project.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Create a project: a workflow, its functions, its tests.",
        discussion: """
            Existing files are not changed. The next steps are printed.

            TEMPLATES
              hello      one function
              orders     retries, a choice, a wait of a day, a Map, a refusal
              approval   somebody's answer by a task token, or none within a week
              fan-out    a Map over many items, some of which fail

            EXAMPLES
              sfnctl init shop --template orders
              sfnctl init hello --language node
            """
    )

    @Argument(help: "The project's directory; created when missing.")
    var directory: String

    @Option(help: "hello, orders, approval or fan-out.")
    var template = ProjectTemplate.Name.hello

    @Option(help: "What functions are written in: python, node or swift.")
    var language = ProjectLanguage.python

    func run() async throws {
        try await reporting {
            let project = Project(
                directory: directory,
                template: .named(template),
                language: language
            )
            try project.write()
            for line in project.nextSteps() { Terminal.line(line) }
        }
    }
}
