import ArgumentParser
import StepwellHistory
import StepwellJSON

/// `sfnctl tokens list`.
struct ListTokensCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tasks that wait for a token.",
        discussion: """
            Those of one state machine, or of all; the oldest executions first, and the children \
            of Map Runs too. An input of more than 4 KB is cut.

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

    @Option(help: ArgumentHelp("The maximum number to list.", valueName: "N"))
    var limit = 1_000

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be above 0") }
    }

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let (tasks, isComplete) = try await find(on: api)
        if json {
            let document = JSONObject([("tokens", .array(tasks.map { .object($0) }))])
            Terminal.line(JSONWriter.string(.object(document)))
        } else {
            // A token is to be copied: none is cut.
            for line in table(tasks).drawn(width: nil) { Terminal.line(line.text()) }
        }
        if !isComplete { Terminal.note("(the first \(limit); more with --limit N)") }
    }

    /// The tasks that have a token, and whether they are all.
    private func find(on api: any ServiceAPI) async throws -> ([JSONObject], isComplete: Bool) {
        var request = JSONObject()
        if let machine {
            request["stateMachineArn"] = .string(try await NameResolver(api: api).machine(machine))
        }
        var tasks: [JSONObject] = []
        repeat {
            let page = try await api.call("ListWaitingTasks", request, of: .stepwell)
            tasks += (page["tasks"]?.arrayValue ?? []).compactMap(\.objectValue)
                .filter { $0["token"] != nil }
            request["after"] = page["next"]
        } while request["after"] != nil && tasks.count <= limit
        return (Array(tasks.prefix(limit)), tasks.count <= limit)
    }

    private func table(_ tasks: [JSONObject]) -> Table {
        var table = Table(["SINCE", "KIND", "EXECUTION", "STATE", "TOKEN"])
        for task in tasks {
            func text(_ name: String) -> String { task[name]?.stringValue ?? "" }
            let place = text("path").isEmpty ? "" : "\(text("path"))/"
            let execution = text("executionArn").split(separator: ":").dropFirst(6)
            table.add([
                Table.Cell(ExecutionWait.time(task["since"])?.rfc3339Seconds ?? ""),
                Table.Cell(text("kind")), Table.Cell(execution.joined(separator: ":")),
                Table.Cell(place + text("state")), Table.Cell(text("token")),
            ])
        }
        return table
    }
}
