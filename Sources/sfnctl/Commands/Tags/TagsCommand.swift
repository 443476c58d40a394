import ArgumentParser

/// `sfnctl tags`.
struct TagsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tags",
        abstract: "List, add and remove tags of state machines and activities.",
        subcommands: [
            ListTagsCommand.self, AddTagsCommand.self, RemoveTagsCommand.self,
        ]
    )
}
