import ArgumentParser
import StepwellJSON

/// `sfnctl aliases create`.
struct CreateAliasCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create an alias of one or two versions.",
        discussion: """
            Prints the ARN of the alias.

            EXAMPLES
              sfnctl aliases create orders TEST --route 1
              sfnctl aliases create orders CANARY --route 1=90 --route 2=10
            """
    )

    @Argument(help: ArgumentHelp("The state machine: its name or ARN.", valueName: "MACHINE"))
    var machine: String

    @Argument(help: ArgumentHelp("The alias's name.", valueName: "NAME"))
    var name: String

    @Option(
        help: ArgumentHelp(
            "A version, and its share in percent; twice to share between two.",
            valueName: "VERSION[=PERCENT]"
        )
    )
    var route: [String] = []

    @Option(help: ArgumentHelp("What it is for.", valueName: "TEXT"))
    var description: String?

    @Flag(help: "Print one JSON document, in the form of CreateStateMachineAlias.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard !route.isEmpty else { throw ValidationError("--route says which version it is of") }
        _ = try AliasRoutes(route)
    }

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).machine(machine)
        var request = JSONObject([("name", .string(name))])
        request["routingConfiguration"] = try AliasRoutes(route).configuration(of: arn)
        request["description"] = description.map { .string($0) }
        let made = try await api.call("CreateStateMachineAlias", request)
        Answer(made, line: made["stateMachineAliasArn"]).show(json: json)
    }
}
