import ArgumentParser
import StepwellJSON

/// `sfnctl test-state`: runs one state on its own.
struct TestStateCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "test-state",
        abstract: "Run one state on its own, and show how its data changes.",
        discussion: """
            The definition is that of a state, or of a state machine with --state. Exit status 1 \
            means that the state did not succeed.

            EXAMPLES
              sfnctl test-state hello.asl.json --state Greet --input '{"name": "Ada"}'
              sfnctl test-state state.json --inspect debug
              sfnctl test-state pay.json --mock-result '{"paid": true}' --json
              sfnctl test-state pay.json --mock-error Declined --retries 1 || true
            """
    )

    @Argument(help: ArgumentHelp("The definition; - for standard input.", valueName: "FILE"))
    var file: String

    @Option(help: ArgumentHelp("The state of a state machine.", valueName: "NAME"))
    var state: String?

    @Option(
        help: ArgumentHelp(
            "The state's input: a file, - for standard input, or JSON.",
            valueName: "FILE|-|JSON"
        )
    )
    var input: String?

    @Option(help: ArgumentHelp("Variables by name: a JSON object.", valueName: "JSON"))
    var variables: String?

    @Option(help: ArgumentHelp("The context object ($$): JSON.", valueName: "JSON"))
    var context: String?

    @Option(help: ArgumentHelp("A result in place of the state's task.", valueName: "JSON"))
    var mockResult: String?

    @Option(help: ArgumentHelp("An error in place of the state's task.", valueName: "NAME"))
    var mockError: String?

    @Option(help: ArgumentHelp("The cause of --mock-error.", valueName: "TEXT"))
    var mockCause: String?

    @Option(
        help: ArgumentHelp("How often the state was retried before it is run.", valueName: "N")
    )
    var retries: Int?

    @Option(help: ArgumentHelp("How much to show: info, debug or trace.", valueName: "LEVEL"))
    var inspect = "info"

    @Flag(help: "Show secrets of HTTP Tasks at the level trace.")
    var revealSecrets = false

    @Option(
        help: ArgumentHelp(
            "A value for ${NAME} in the definition; repeatable.",
            valueName: "NAME=VALUE"
        )
    )
    var substitute: [String] = []

    @Option(
        name: .customLong("role-arn"),
        help: ArgumentHelp("The role that the state's task has.", valueName: "ARN")
    )
    var roleARN: String?

    @Flag(help: "Print one JSON document, in the form of TestState.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        _ = try Substitutions(substitute)
        guard mockResult == nil || mockError == nil else {
            throw ValidationError("give either --mock-result or --mock-error")
        }
        guard mockCause == nil || mockError != nil else {
            throw ValidationError("--mock-cause goes with --mock-error")
        }
        guard ["info", "debug", "trace"].contains(inspect.lowercased()) else {
            throw ValidationError("--inspect is info, debug or trace")
        }
    }

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let found = try await api.call("TestState", try request())
        Description(found).show(json: json)
        try Terminal.checkOutput()
        if found["status"] != .string("SUCCEEDED") {
            throw ExitCode(CommandFailure.Status.failed.rawValue)
        }
    }

    private func request() throws -> JSONObject {
        let substitutions = try Substitutions(substitute)
        let source = try DefinitionSource(path: file, substitutions: substitutions)
        try substitutions.refuseUnused(in: source.placeholders)
        let definition = try source.filled()
        _ = try InputText(name: source.path, bytes: definition).value()
        var request = JSONObject([
            ("definition", .string(String(decoding: definition, as: UTF8.self))),
            ("inspectionLevel", .string(inspect.uppercased())),
        ])
        request["roleArn"] = .string(roleARN ?? "arn:aws:iam::000000000000:role/stepwell")
        request["stateName"] = state.map { .string($0) }
        if let input {
            let text = try InputText.json(input)
            request["input"] = .string(String(decoding: text.bytes, as: UTF8.self))
        }
        request["variables"] = variables.map { .string($0) }
        request["context"] = context.map { .string($0) }
        if revealSecrets { request["revealSecrets"] = .bool(true) }
        if let mockResult { request["mock"] = ["result": .string(mockResult)] }
        if let mockError {
            var output = JSONObject([("error", .string(mockError))])
            output["cause"] = mockCause.map { .string($0) }
            request["mock"] = ["errorOutput": .object(output)]
        }
        if let retries { request["stateConfiguration"] = ["retrierRetryCount": .integer(retries)] }
        return request
    }
}
