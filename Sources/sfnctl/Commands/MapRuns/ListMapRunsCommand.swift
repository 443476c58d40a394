import ArgumentParser
import StepwellJSON

/// `sfnctl map-runs list`.
struct ListMapRunsCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the Map Runs of an execution.",
        discussion: """
            Their children are listed by `sfnctl list --map-run ARN`.

            EXAMPLES
              sfnctl map-runs list wide:all
            """
    )

    @Argument(help: ArgumentHelp("The execution: an ARN or machine:name.", valueName: "EXECUTION"))
    var execution: ExecutionReference

    @Option(help: ArgumentHelp("The maximum number to list.", valueName: "N"))
    var limit = 1_000

    @Flag(help: "Print one JSON document, in the form of ListMapRuns.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).execution(execution)
        try await Listing(
            operation: "ListMapRuns",
            member: "mapRuns",
            columns: [
                .init(title: "STARTED", key: "startDate", form: .time),
                .init(title: "STOPPED", key: "stopDate", form: .time),
                .init(title: "MAP RUN", key: "mapRunArn"),
            ]
        ).run(on: api, ["executionArn": .string(arn)], limit: limit, json: json)
    }
}
