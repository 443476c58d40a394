import ArgumentParser
import StepwellJSON

/// `sfnctl versions publish`.
struct PublishVersionCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish what a state machine is now as a version.",
        discussion: """
            Prints the ARN of the version.

            EXAMPLES
              sfnctl versions publish orders --description 'with refunds'
            """
    )

    @Argument(help: ArgumentHelp("The state machine: its name or ARN.", valueName: "MACHINE"))
    var machine: String

    @Option(help: ArgumentHelp("What the version is.", valueName: "TEXT"))
    var description: String?

    @Option(help: ArgumentHelp("Only when this is the current revision.", valueName: "ID"))
    var revision: String?

    @Flag(help: "Print one JSON document, in the form of PublishStateMachineVersion.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).machine(machine)
        var request = JSONObject([("stateMachineArn", .string(arn))])
        request["description"] = description.map { .string($0) }
        request["revisionId"] = revision.map { .string($0) }
        let made = try await api.call("PublishStateMachineVersion", request)
        Answer(made, line: made["stateMachineVersionArn"]).show(json: json)
    }
}
