import ArgumentParser
import StepwellJSON

/// `sfnctl tokens heartbeat`.
struct HeartbeatTokenCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "heartbeat",
        abstract: "Report that the task waiting for a token is still in progress.",
        discussion: """
            EXAMPLES
              sfnctl tokens heartbeat $TOKEN
            """
    )

    @OptionGroup
    var task: TokenOptions

    @Flag(help: "Print one JSON document, in the form of SendTaskHeartbeat.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let token = try await task.find(on: api)
        let answer = try await api.call("SendTaskHeartbeat", ["taskToken": .string(token)])
        Answer(answer, line: "noted").show(json: json)
    }
}
