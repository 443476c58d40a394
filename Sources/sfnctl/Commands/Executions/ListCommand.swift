import ArgumentParser
import StepwellJSON

/// `sfnctl list`: executions.
struct ListCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List executions, newest first.",
        discussion: """
            Executions of one state machine, version or alias, of a Map Run, or of every Standard \
            workflow.

            EXAMPLES
              sfnctl list
              sfnctl list orders --status failed --from 2h
              sfnctl list orders --name 'order-1*' --limit 10 --json
              sfnctl list orders:1 --status running
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The state machine: a name, name:version, name:alias, or an ARN.",
            valueName: "MACHINE"
        )
    )
    var machine: String?

    @Option(
        help: ArgumentHelp("The children of this Map Run instead.", valueName: "ARN")
    )
    var mapRun: String?

    @OptionGroup
    var filter: ExecutionFilter

    @Option(help: ArgumentHelp("The maximum number to list.", valueName: "N"))
    var limit = 50

    @Flag(help: "Print one JSON document, in the form of ListExecutions.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard machine == nil || mapRun == nil else {
            throw ValidationError("give either MACHINE or --map-run")
        }
        guard limit > 0 else { throw ValidationError("--limit must be above 0") }
    }

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let (executions, isComplete) = try await find(on: api)
        Self.listing.show(executions, json: json)
        if !isComplete, !json { Listing.sayMore(than: limit) }
    }

    private static let listing = Listing(
        operation: "ListExecutions",
        member: "executions",
        columns: [
            .init(title: "STATUS", key: "status", form: .status),
            .init(title: "STARTED", key: "startDate", form: .time),
            .init(title: "STOPPED", key: "stopDate", form: .time),
            .init(title: "EXECUTION", key: "executionArn"),
        ]
    )

    private func find(
        on api: any ServiceAPI
    ) async throws -> (executions: [JSONObject], isComplete: Bool) {
        if let mapRun {
            return try await filter.find(["mapRunArn": .string(mapRun)], limit: limit, on: api)
        }
        return try await ExecutionSearch(filter: filter, limit: limit).find(in: machine, on: api)
    }
}
