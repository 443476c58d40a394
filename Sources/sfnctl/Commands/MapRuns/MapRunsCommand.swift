import ArgumentParser

/// `sfnctl map-runs`.
struct MapRunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map-runs",
        abstract: "List, show and change the runs of distributed Map states.",
        subcommands: [
            ListMapRunsCommand.self, DescribeMapRunCommand.self, UpdateMapRunCommand.self,
        ]
    )
}
