import ArgumentParser
import StepwellJSON

/// `sfnctl tags list`.
struct ListTagsCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tags of a state machine or activity.",
        discussion: """
            EXAMPLES
              sfnctl tags list orders
            """
    )

    @Argument(
        help: ArgumentHelp("A state machine or activity: its name or ARN.", valueName: "RESOURCE")
    )
    var resource: String

    @Flag(help: "Print one JSON document, in the form of ListTagsForResource.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).resource(resource)
        let found = try await api.call("ListTagsForResource", ["resourceArn": .string(arn)])
        Listing(
            operation: "ListTagsForResource",
            member: "tags",
            columns: [.init(title: "KEY", key: "key"), .init(title: "VALUE", key: "value")]
        ).show(found["tags"]?.arrayValue?.compactMap(\.objectValue) ?? [], json: json)
    }
}
