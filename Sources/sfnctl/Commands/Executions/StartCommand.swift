import ArgumentParser
import StepwellIntegrations
import StepwellJSON

/// `sfnctl start`: starts an execution.
struct StartCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start an execution.",
        discussion: """
            Prints the execution's ARN. With --wait, or --sync for an Express workflow, prints its \
            output when it has closed; of a failure, error and cause go to standard error and the \
            exit status is 1.

            In a data directory the execution continues when a server opens it; with --wait it \
            runs immediately, and the others there rest.

            EXAMPLES
              sfnctl start orders --input '{"id": 18}' --name order-18
              sfnctl start hello --input '{"name": "Ada"}' --wait
              sfnctl start orders:1 --input order.json --json
              sfnctl start greet --sync --input '{"name": "Ada"}'
              sfnctl start orders --name here --data-dir data
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The state machine: a name, name:version, name:alias, or an ARN; mocked with "
                + "#TEST-CASE after it.",
            valueName: "MACHINE"
        )
    )
    var machine: String

    @Option(
        help: ArgumentHelp(
            "The input: a file, - for standard input, or JSON.",
            valueName: "FILE|-|JSON"
        )
    )
    var input = "{}"

    @Option(help: ArgumentHelp("The execution's name. (default: a random one)", valueName: "NAME"))
    var name: String?

    @Option(help: ArgumentHelp("The X-Ray trace header.", valueName: "HEADER"))
    var traceHeader: String?

    @Flag(help: "Wait until it has closed, and print its output.")
    var wait = false

    @Flag(help: "Call StartSyncExecution: wait for an Express workflow, and print its output.")
    var sync = false

    @Option(
        help: ArgumentHelp(
            "With --data-dir and --wait or --sync: what tasks may use, as `sfnctl serve` takes it.",
            valueName: "FILE"
        )
    )
    var config: String?

    @Flag(help: "Print one JSON document: the answer, or with --wait the closed execution.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard !(wait && sync) else { throw ValidationError("give either --wait or --sync") }
        guard config == nil || wait || sync else {
            throw ValidationError("--config goes with --wait or --sync")
        }
    }

    func purpose() throws -> DirectoryAPI.Purpose {
        guard wait || sync else { return .changing }
        return .running(try config.map { try ConfigurationFile(path: $0) } ?? ConfigurationFile())
    }

    func perform(on api: any ServiceAPI) async throws {
        if config != nil, api is ServiceClient {
            throw CommandFailure(.badInput, "--config goes with --data-dir: a server has its own")
        }
        let text = try InputText.json(input)
        var request = JSONObject([
            ("stateMachineArn", .string(try await NameResolver(api: api).machine(machine))),
            ("input", .string(String(decoding: text.bytes, as: UTF8.self))),
        ])
        request["name"] = name.map { .string($0) }
        request["traceHeader"] = traceHeader.map { .string($0) }
        if sync {
            let closed = try await api.call("StartSyncExecution", request)
            return try ClosedExecutionReport(closed).show(json: json)
        }
        let started = try await api.call("StartExecution", request)
        let arn = started["executionArn"]?.stringValue ?? ""
        guard wait else {
            return Terminal.line(json ? JSONWriter.string(.object(started)) : arn)
        }
        let closed = try await ExecutionWaiter(api: api, arn: arn).closed()
        try ClosedExecutionReport(closed).show(json: json)
    }
}
