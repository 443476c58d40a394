import ArgumentParser
import StepwellJSON

/// `sfnctl tags add`.
struct AddTagsCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add tags, or give them other values.",
        discussion: """
            EXAMPLES
              sfnctl tags add orders team=shop stage=test
            """
    )

    @Argument(
        help: ArgumentHelp("A state machine or activity: its name or ARN.", valueName: "RESOURCE")
    )
    var resource: String

    @Argument(help: ArgumentHelp("Tags.", valueName: "KEY=VALUE"))
    var tags: [String]

    @Flag(help: "Print one JSON document, in the form of TagResource.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        _ = try TagArguments(tags)
    }

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).resource(resource)
        let answer = try await api.call(
            "TagResource",
            ["resourceArn": .string(arn), "tags": .array(try TagArguments(tags).tags)]
        )
        Answer(answer, line: "tagged \(arn)").show(json: json)
    }
}
