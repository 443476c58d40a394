import ArgumentParser
import StepwellJSON

/// `sfnctl versions list`.
struct ListVersionsCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the versions of a state machine, newest first.",
        discussion: """
            EXAMPLES
              sfnctl versions list orders
              sfnctl versions list orders --json
            """
    )

    @Argument(help: ArgumentHelp("The state machine: its name or ARN.", valueName: "MACHINE"))
    var machine: String

    @Option(help: ArgumentHelp("The maximum number to list.", valueName: "N"))
    var limit = 1_000

    @Flag(help: "Print one JSON document, in the form of ListStateMachineVersions.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).machine(machine)
        try await Listing(
            operation: "ListStateMachineVersions",
            member: "stateMachineVersions",
            columns: [
                .init(title: "CREATED", key: "creationDate", form: .time),
                .init(title: "VERSION", key: "stateMachineVersionArn"),
            ]
        ).run(on: api, ["stateMachineArn": .string(arn)], limit: limit, json: json)
    }
}
