import ArgumentParser
import StepwellJSON

/// `sfnctl aliases delete`.
struct DeleteAliasCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete an alias.",
        discussion: """
            EXAMPLES
              sfnctl aliases delete orders:OLD
            """
    )

    @Argument(help: ArgumentHelp("The alias: machine:alias, or an ARN.", valueName: "ALIAS"))
    var alias: String

    @Flag(help: "Print one JSON document, in the form of DeleteStateMachineAlias.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).machine(alias)
        let answer = try await api.call(
            "DeleteStateMachineAlias",
            ["stateMachineAliasArn": .string(arn)]
        )
        Answer(answer, line: "deleted \(arn)").show(json: json)
    }
}
