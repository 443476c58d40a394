import ArgumentParser
import StepwellJSON

/// `sfnctl activities create`.
struct CreateActivityCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create an activity.",
        discussion: """
            Prints the ARN.

            EXAMPLES
              sfnctl activities create pack --tag team=warehouse
            """
    )

    @Argument(help: ArgumentHelp("Its name.", valueName: "NAME"))
    var name: String

    @Option(help: ArgumentHelp("A tag; repeatable.", valueName: "KEY=VALUE"))
    var tag: [String] = []

    @Flag(help: "Print one JSON document, in the form of CreateActivity.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        _ = try TagArguments(tag)
    }

    func purpose() -> DirectoryAPI.Purpose { .making }

    func perform(on api: any ServiceAPI) async throws {
        var request = JSONObject([("name", .string(name))])
        let tags = try TagArguments(tag).tags
        if !tags.isEmpty { request["tags"] = .array(tags) }
        let made = try await api.call("CreateActivity", request)
        Answer(made, line: made["activityArn"]).show(json: json)
    }
}
