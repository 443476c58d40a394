import ArgumentParser

/// `sfnctl machines list`.
struct ListMachinesCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List state machines.",
        discussion: """
            EXAMPLES
              sfnctl machines list
              sfnctl machines list --json --data-dir data
            """
    )

    @Option(help: ArgumentHelp("The maximum number to list.", valueName: "N"))
    var limit = 1_000

    @Flag(help: "Print one JSON document, in the form of ListStateMachines.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        try await Listing(
            operation: "ListStateMachines",
            member: "stateMachines",
            columns: [
                .init(title: "NAME", key: "name"),
                .init(title: "TYPE", key: "type"),
                .init(title: "CREATED", key: "creationDate", form: .time),
                .init(title: "ARN", key: "stateMachineArn"),
            ]
        ).run(on: api, limit: limit, json: json)
    }
}
