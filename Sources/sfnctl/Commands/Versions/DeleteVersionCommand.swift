import ArgumentParser
import StepwellJSON

/// `sfnctl versions delete`.
struct DeleteVersionCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a version that no alias leads to.",
        discussion: """
            EXAMPLES
              sfnctl versions delete orders:2
            """
    )

    @Argument(help: ArgumentHelp("The version: machine:number, or an ARN.", valueName: "VERSION"))
    var version: String

    @Flag(help: "Print one JSON document, in the form of DeleteStateMachineVersion.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).machine(version)
        let answer = try await api.call(
            "DeleteStateMachineVersion",
            ["stateMachineVersionArn": .string(arn)]
        )
        Answer(answer, line: "deleted \(arn)").show(json: json)
    }
}
