import ArgumentParser
import StepwellJSON

/// `sfnctl tokens fail`.
struct FailTokenCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "fail",
        abstract: "Fail the task that waits for a token.",
        discussion: """
            EXAMPLES
              sfnctl tokens fail --execution orders:test-1 --error Rejected
              sfnctl tokens fail $TOKEN --error Rejected --cause 'too expensive'
            """
    )

    @OptionGroup
    var task: TokenOptions

    @Option(help: ArgumentHelp("The error.", valueName: "NAME"))
    var error: String?

    @Option(help: ArgumentHelp("Why.", valueName: "TEXT"))
    var cause: String?

    @Flag(help: "Print one JSON document, in the form of SendTaskFailure.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        var request = JSONObject([("taskToken", .string(try await task.find(on: api)))])
        request["error"] = error.map { .string($0) }
        request["cause"] = cause.map { .string($0) }
        let answer = try await api.call("SendTaskFailure", request)
        Answer(answer, line: "failed").show(json: json)
    }
}
