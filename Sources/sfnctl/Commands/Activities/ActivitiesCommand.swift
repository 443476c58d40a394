import ArgumentParser

/// `sfnctl activities`.
struct ActivitiesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activities",
        abstract: "List, create and delete activities, and take a task manually.",
        subcommands: [
            ListActivitiesCommand.self, DescribeActivityCommand.self, CreateActivityCommand.self,
            DeleteActivityCommand.self, PollActivityCommand.self,
        ]
    )
}
