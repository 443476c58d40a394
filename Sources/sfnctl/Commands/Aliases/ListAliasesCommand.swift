import ArgumentParser
import StepwellJSON

/// `sfnctl aliases list`.
struct ListAliasesCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the aliases of a state machine.",
        discussion: """
            EXAMPLES
              sfnctl aliases list orders
            """
    )

    @Argument(help: ArgumentHelp("The state machine: its name or ARN.", valueName: "MACHINE"))
    var machine: String

    @Option(help: ArgumentHelp("The maximum number to list.", valueName: "N"))
    var limit = 1_000

    @Flag(help: "Print one JSON document, in the form of ListStateMachineAliases.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).machine(machine)
        try await Listing(
            operation: "ListStateMachineAliases",
            member: "stateMachineAliases",
            columns: [
                .init(title: "CREATED", key: "creationDate", form: .time),
                .init(title: "ALIAS", key: "stateMachineAliasArn"),
            ]
        ).run(on: api, ["stateMachineArn": .string(arn)], limit: limit, json: json)
    }
}
