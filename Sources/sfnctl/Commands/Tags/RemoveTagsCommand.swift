import ArgumentParser
import StepwellJSON

/// `sfnctl tags remove`.
struct RemoveTagsCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove tags.",
        discussion: """
            EXAMPLES
              sfnctl tags remove orders stage
            """
    )

    @Argument(
        help: ArgumentHelp("A state machine or activity: its name or ARN.", valueName: "RESOURCE")
    )
    var resource: String

    @Argument(help: ArgumentHelp("The keys of the tags.", valueName: "KEY"))
    var keys: [String]

    @Flag(help: "Print one JSON document, in the form of UntagResource.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).resource(resource)
        let answer = try await api.call(
            "UntagResource",
            ["resourceArn": .string(arn), "tagKeys": .array(keys.map { .string($0) })]
        )
        Answer(answer, line: "untagged \(arn)").show(json: json)
    }
}
