import ArgumentParser
import StepwellJSON

/// `sfnctl machines describe`.
struct DescribeMachineCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Show a state machine, or one of its versions, with its definition.",
        discussion: """
            EXAMPLES
              sfnctl machines describe orders
              sfnctl machines describe orders:1 --definition
              sfnctl machines describe --of orders:order-17 --json
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A name, name:version, name:alias, or an ARN.",
            valueName: "MACHINE"
        )
    )
    var machine: String?

    @Option(
        help: ArgumentHelp(
            "What this execution runs, as it was when it was started.",
            valueName: "EXECUTION"
        )
    )
    var of: ExecutionReference?

    @Flag(help: "Print the definition alone.")
    var definition = false

    @Flag(help: "Print one JSON document, in the form of DescribeStateMachine.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard (machine == nil) != (of == nil) else {
            throw ValidationError("give either MACHINE or --of")
        }
        guard !(definition && json) else {
            throw ValidationError("give either --definition or --json")
        }
    }

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let names = NameResolver(api: api)
        let found: JSONObject
        if let of {
            let arn = try await names.execution(of)
            found = try await api.call(
                "DescribeStateMachineForExecution",
                ["executionArn": .string(arn)]
            )
        } else {
            let arn = try await names.machine(machine ?? "")
            found = try await api.call("DescribeStateMachine", ["stateMachineArn": .string(arn)])
        }
        if definition {
            let text = found["definition"]?.stringValue ?? ""
            Terminal.line(text.last == "\n" ? String(text.dropLast()) : text)
        } else {
            Description(found).show(json: json)
        }
    }
}
