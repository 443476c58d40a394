import ArgumentParser
import StepwellJSON

/// `sfnctl machines update`.
struct UpdateMachineCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a state machine's definition, role or settings.",
        discussion: """
            Running executions continue with the definition that they were started with.

            EXAMPLES
              sfnctl machines update orders orders.asl.json
              sfnctl machines update orders orders.asl.json --publish --json
              sfnctl machines update orders --tracing
            """
    )

    @Argument(help: ArgumentHelp("Its name or ARN.", valueName: "MACHINE"))
    var machine: String

    @Argument(help: ArgumentHelp("The definition; - for standard input.", valueName: "FILE"))
    var file: String?

    @OptionGroup
    var settings: MachineSettings

    @Flag(help: "Print one JSON document, in the form of UpdateStateMachine.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard file != nil || !settings.members.isEmpty else {
            throw ValidationError("give a FILE, or something else to change")
        }
        guard file != nil || settings.substitute.isEmpty else {
            throw ValidationError("--substitute goes with a FILE")
        }
    }

    func purpose() -> DirectoryAPI.Purpose { .changing }

    func perform(on api: any ServiceAPI) async throws {
        var request = settings.members
        request["stateMachineArn"] = .string(try await NameResolver(api: api).machine(machine))
        if let file {
            let substitutions = try Substitutions(settings.substitute)
            let definition = try DefinitionFile(path: file, substitutions: substitutions)
            request["definition"] = .string(definition.text)
        }
        let updated = try await api.call("UpdateStateMachine", request)
        let line = updated["stateMachineVersionArn"] ?? request["stateMachineArn"]
        Answer(updated, line: line).show(json: json)
    }
}
