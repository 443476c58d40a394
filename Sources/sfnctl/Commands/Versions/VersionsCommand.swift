import ArgumentParser

/// `sfnctl versions`.
struct VersionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions",
        abstract: "List, publish and delete versions of state machines.",
        subcommands: [
            ListVersionsCommand.self, PublishVersionCommand.self, DeleteVersionCommand.self,
        ]
    )
}
