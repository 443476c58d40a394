import ArgumentParser
import StepwellJSON

/// `sfnctl aliases update`.
struct UpdateAliasCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change an alias's versions or description.",
        discussion: """
            EXAMPLES
              sfnctl aliases update orders:PROD --route 2
              sfnctl aliases update orders:PROD --route 1=50 --route 2=50
            """
    )

    @Argument(help: ArgumentHelp("The alias: machine:alias, or an ARN.", valueName: "ALIAS"))
    var alias: String

    @Option(
        help: ArgumentHelp(
            "A version, and its share in percent; twice to share between two.",
            valueName: "VERSION[=PERCENT]"
        )
    )
    var route: [String] = []

    @Option(help: ArgumentHelp("What it is for.", valueName: "TEXT"))
    var description: String?

    @Flag(help: "Print one JSON document, in the form of UpdateStateMachineAlias.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard !route.isEmpty || description != nil else {
            throw ValidationError("give --route or --description")
        }
        _ = try AliasRoutes(route)
    }

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        let arn = try await NameResolver(api: api).machine(alias)
        var request = JSONObject([("stateMachineAliasArn", .string(arn))])
        if !route.isEmpty {
            let machine = String(arn.prefix(upTo: arn.lastIndex(of: ":") ?? arn.endIndex))
            request["routingConfiguration"] = try AliasRoutes(route).configuration(of: machine)
        }
        request["description"] = description.map { .string($0) }
        let answer = try await api.call("UpdateStateMachineAlias", request)
        Answer(answer, line: arn).show(json: json)
    }
}
