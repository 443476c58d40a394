import ArgumentParser
import StepwellJSON

/// `sfnctl activities describe`.
struct DescribeActivityCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Show an activity.",
        discussion: """
            EXAMPLES
              sfnctl activities describe ship
            """
    )

    @Argument(help: ArgumentHelp("The activity: its name or ARN.", valueName: "ACTIVITY"))
    var activity: String

    @Flag(help: "Print one JSON document, in the form of DescribeActivity.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).activity(activity)
        let found = try await api.call("DescribeActivity", ["activityArn": .string(arn)])
        Description(found).show(json: json)
    }
}
