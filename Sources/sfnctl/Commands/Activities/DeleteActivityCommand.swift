import ArgumentParser
import StepwellJSON

/// `sfnctl activities delete`.
struct DeleteActivityCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete an activity.",
        discussion: """
            EXAMPLES
              sfnctl activities delete old-activity
            """
    )

    @Argument(help: ArgumentHelp("The activity: its name or ARN.", valueName: "ACTIVITY"))
    var activity: String

    @Flag(help: "Print one JSON document, in the form of DeleteActivity.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).activity(activity)
        let answer = try await api.call("DeleteActivity", ["activityArn": .string(arn)])
        Answer(answer, line: "deleted \(arn)").show(json: json)
    }
}
