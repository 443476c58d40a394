import ArgumentParser

/// `sfnctl`: serves the Step Functions API, runs state machines and looks into their logs.
struct Sfnctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sfnctl",
        abstract: "Durable state machines of the Amazon States Language.",
        discussion: """
            EXAMPLES
              sfnctl serve --data-dir data
              sfnctl run hello.asl.json --input '{"name": "world"}'
              sfnctl validate hello.asl.json
              sfnctl eval --language jsonpath '$.name' --input '{"name": "world"}'
              sfnctl describe orders:order-17 --data-dir data
              sfnctl history orders:order-17 --data-dir data --tree
              sfnctl replay --all --verify --data-dir data

            EXIT STATUS
              0 success · 1 what was asked about failed · 2 damage in the store · 64 usage
              65 bad input data · 69 no server can be reached · 73 the data directory is in use
              or cannot be written
            """,
        subcommands: [
            ServeCommand.self, RunCommand.self, DescribeCommand.self, HistoryCommand.self,
            ReplayCommand.self, GraphCommand.self, WorkerCommand.self, ValidateCommand.self,
            EvalCommand.self, ConfigCommand.self, TriggersCommand.self,
        ]
    )
}
