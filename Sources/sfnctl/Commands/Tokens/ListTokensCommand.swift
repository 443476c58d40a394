import ArgumentParser
import StepwellHistory
import StepwellJSON

/// `sfnctl tokens list`.
struct ListTokensCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tasks that wait for a token.",
        discussion: """
            Looks at running executions, the newest first: those of one state machine, or of all \
            Standard workflows.

            EXAMPLES
              sfnctl tokens list
              sfnctl tokens list orders --json
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The state machine: a name, name:version, name:alias, or an ARN.",
            valueName: "MACHINE"
        )
    )
    var machine: String?

    @Option(help: ArgumentHelp("How many executions are looked at.", valueName: "N"))
    var limit = 100

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit has to be above 0") }
    }

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let filter = try ExecutionFilter.parse(["--status", "running"])
        let found = try await ExecutionSearch(filter: filter, limit: limit)
            .find(in: machine, on: api)
        var table = Table(["SINCE", "KIND", "EXECUTION", "STATE", "TOKEN"])
        var tokens: [JSONValue] = []
        for execution in found.executions {
            guard let arn = execution["executionArn"]?.stringValue else { continue }
            for wait in try await ExecutionWait.all(of: arn, on: api) {
                guard let token = wait.token else { continue }
                table.add([
                    Table.Cell(wait.since?.rfc3339Seconds ?? ""), Table.Cell(wait.kind),
                    Table.Cell(arn.split(separator: ":").dropFirst(6).joined(separator: ":")),
                    Table.Cell(wait.place), Table.Cell(token),
                ])
                var entry = wait.details
                entry["executionArn"] = .string(arn)
                entry["state"] = .string(wait.state)
                entry["path"] = .string(wait.path)
                entry["input"] = wait.input
                tokens.append(.object(entry))
            }
        }
        if json {
            return Terminal.line(
                JSONWriter.string(.object(JSONObject([("tokens", .array(tokens))])))
            )
        }
        // A token is to be copied: none is cut.
        for line in table.drawn(width: nil) { Terminal.line(line.text()) }
        if !found.isComplete {
            Terminal.note("(of the newest \(limit) running executions: --limit N)")
        }
    }
}
