import ArgumentParser
import StepwellJSON

/// `sfnctl aliases describe`.
struct DescribeAliasCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Show an alias and the versions that it leads to.",
        discussion: """
            EXAMPLES
              sfnctl aliases describe orders:PROD
            """
    )

    @Argument(help: ArgumentHelp("The alias: machine:alias, or an ARN.", valueName: "ALIAS"))
    var alias: String

    @Flag(help: "Print one JSON document, in the form of DescribeStateMachineAlias.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).machine(alias)
        let found = try await api.call(
            "DescribeStateMachineAlias",
            ["stateMachineAliasArn": .string(arn)]
        )
        Description(found).show(json: json)
    }
}
