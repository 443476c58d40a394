import ArgumentParser
import StepwellJSON

/// `sfnctl tokens succeed`.
struct SucceedTokenCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "succeed",
        abstract: "Complete the task that waits for a token.",
        discussion: """
            EXAMPLES
              sfnctl tokens succeed --execution orders:test-1 --output '"shipped"'
              sfnctl tokens succeed $TOKEN --output '{"approved": true}'
            """
    )

    @OptionGroup
    var task: TokenOptions

    @Option(
        help: ArgumentHelp(
            "The task's output: a file, - for standard input, or JSON.",
            valueName: "FILE|-|JSON"
        )
    )
    var output = "{}"

    @Flag(help: "Print one JSON document, in the form of SendTaskSuccess.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard !task.readsInput || output != "-" else {
            throw ValidationError("token and output cannot both be on standard input")
        }
    }

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let token = try await task.find(on: api)
        let output = try InputText.json(output)
        let answer = try await api.call(
            "SendTaskSuccess",
            [
                "taskToken": .string(token),
                "output": .string(String(decoding: output.bytes, as: UTF8.self)),
            ]
        )
        Answer(answer, line: "succeeded").show(json: json)
    }
}
