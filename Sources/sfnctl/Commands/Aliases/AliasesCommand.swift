import ArgumentParser

/// `sfnctl aliases`.
struct AliasesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aliases",
        abstract: "List, create, change and delete aliases of versions.",
        subcommands: [
            ListAliasesCommand.self, DescribeAliasCommand.self, CreateAliasCommand.self,
            UpdateAliasCommand.self, DeleteAliasCommand.self,
        ]
    )
}
