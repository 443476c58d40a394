import ArgumentParser

/// `sfnctl activities list`.
struct ListActivitiesCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List activities.",
        discussion: """
            EXAMPLES
              sfnctl activities list
            """
    )

    @Option(help: ArgumentHelp("The maximum number to list.", valueName: "N"))
    var limit = 1_000

    @Flag(help: "Print one JSON document, in the form of ListActivities.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        try await Listing(
            operation: "ListActivities",
            member: "activities",
            columns: [
                .init(title: "NAME", key: "name"),
                .init(title: "CREATED", key: "creationDate", form: .time),
                .init(title: "ARN", key: "activityArn"),
            ]
        ).run(on: api, limit: limit, json: json)
    }
}
