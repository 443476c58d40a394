import ArgumentParser

/// `sfnctl tokens`.
struct TokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "List and answer tasks that wait for a token.",
        subcommands: [
            ListTokensCommand.self, SucceedTokenCommand.self, FailTokenCommand.self,
            HeartbeatTokenCommand.self,
        ]
    )
}
