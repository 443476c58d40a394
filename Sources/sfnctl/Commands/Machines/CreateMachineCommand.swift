import ArgumentParser
import StepwellJSON

/// `sfnctl machines create`.
struct CreateMachineCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a state machine from a definition.",
        discussion: """
            The definition is JSON, or YAML in a file named .yaml or .yml. It is checked first; \
            problems go to standard error as FILE:LINE:COLUMN: PROBLEM. Prints the ARN.

            EXAMPLES
              sfnctl machines create hello.asl.json
              sfnctl machines create hello.asl.json --name quick --type express
              sfnctl machines create table.asl.yaml --substitute Table=orders --publish
              sfnctl machines create hello.asl.json --name here --data-dir data
            """
    )

    @Argument(help: ArgumentHelp("The definition; - for standard input.", valueName: "FILE"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "Its name. (default: the file's, up to the first dot)",
            valueName: "NAME"
        )
    )
    var name: String?

    @Option(help: ArgumentHelp("Its type: standard or express.", valueName: "TYPE"))
    var type = "standard"

    @Option(help: ArgumentHelp("A tag; repeatable.", valueName: "KEY=VALUE"))
    var tag: [String] = []

    @OptionGroup
    var settings: MachineSettings

    @Flag(help: "Print one JSON document, in the form of CreateStateMachine.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard ["standard", "express"].contains(type.lowercased()) else {
            throw ValidationError("--type is standard or express")
        }
        _ = try TagArguments(tag)
    }

    func purpose() -> DirectoryAPI.Purpose { .making }

    func perform(on api: any ServiceAPI) async throws {
        let definition = try DefinitionFile(
            path: file,
            substitutions: try Substitutions(settings.substitute)
        )
        var request = settings.members
        request["name"] = .string(name ?? definition.name)
        request["definition"] = .string(definition.text)
        request["type"] = .string(type.uppercased())
        if request["roleArn"] == nil {
            request["roleArn"] = .string("arn:aws:iam::000000000000:role/stepwell")
        }
        let tags = try TagArguments(tag).tags
        if !tags.isEmpty { request["tags"] = .array(tags) }
        let made = try await api.call("CreateStateMachine", request)
        Answer(made, line: made["stateMachineVersionArn"] ?? made["stateMachineArn"])
            .show(json: json)
    }
}
