import ArgumentParser
import StepwellEngine

/// `sfnctl`: serves the Step Functions API, runs state machines and looks into their logs.
struct Sfnctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sfnctl",
        abstract: "Durable state machines of the Amazon States Language.",
        discussion: """
            Commands that ask the API take a server (--endpoint, else AWS_ENDPOINT_URL_SFN or \
            AWS_ENDPOINT_URL, else http://127.0.0.1:8083) or a data directory (--data-dir, else \
            STEPWELL_DATA_DIR).

            EXAMPLES
              sfnctl serve --data-dir data
              sfnctl run hello.asl.json --input '{"name": "world"}'
              sfnctl machines create hello.asl.json --name hello-again
              sfnctl start hello --input '{"name": "world"}' --wait
              sfnctl list --status running
              sfnctl describe orders:order-17
              sfnctl replay --all --verify --data-dir data

            EXIT STATUS
              0   success
              1   the subject of the command failed, or was refused
              2   damage in the store
              64  usage
              65  bad input data
              69  no server can be reached
              73  the data directory is in use or cannot be written
            """,
        version: ProductVersion.current,
        groupedSubcommands: [
            CommandGroup(name: "Executions", subcommands: executions),
            CommandGroup(name: "State machines", subcommands: stateMachines),
            CommandGroup(name: "Writing workflows", subcommands: writing),
            CommandGroup(name: "Serving", subcommands: serving),
        ]
    )

    private static let executions: [any ParsableCommand.Type] = [
        StartCommand.self,
        ListCommand.self,
        StopCommand.self,
        RedriveCommand.self,
        DescribeCommand.self,
        HistoryCommand.self,
        WatchCommand.self,
        ReplayCommand.self,
        TokensCommand.self,
        MapRunsCommand.self,
    ]

    private static let stateMachines: [any ParsableCommand.Type] = [
        MachinesCommand.self,
        VersionsCommand.self,
        AliasesCommand.self,
        TagsCommand.self,
        ActivitiesCommand.self,
    ]

    private static let writing: [any ParsableCommand.Type] = [
        RunCommand.self,
        ValidateCommand.self,
        TestStateCommand.self,
        EvalCommand.self,
        GraphCommand.self,
        TestCommand.self,
        InitCommand.self,
    ]

    private static let serving: [any ParsableCommand.Type] = [
        ServeCommand.self,
        DevCommand.self,
        DeployCommand.self,
        WorkerCommand.self,
        ConfigCommand.self,
        TriggersCommand.self,
        CallCommand.self,
        CompletionsCommand.self,
    ]
}
