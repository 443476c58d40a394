import ArgumentParser
import StepwellIntegrations
import StepwellJSON
import StepwellServer

/// `sfnctl call`: any operation of the API, as it is.
struct CallCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call any operation of the API with a request as JSON.",
        discussion: """
            For operations without a command, and for scripts. The answer goes to standard \
            output as JSON. --list shows the operations; those that begin with Stepwell. are not \
            part of AWS's API.

            EXAMPLES
              sfnctl call --list
              sfnctl call ListStateMachines
              sfnctl call DescribeExecution '{"executionArn": "'"$EXECUTION"'"}'
            """
    )

    @Argument(help: ArgumentHelp("The operation, as the API calls it.", valueName: "OPERATION"))
    var operation: String?

    @Argument(
        help: ArgumentHelp(
            "The request: a file, - for standard input, or JSON.",
            valueName: "FILE|-|JSON"
        )
    )
    var request = "{}"

    @Flag(help: "List the operations.")
    var list = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard list == (operation == nil) else {
            throw ValidationError("give an OPERATION or --list")
        }
        guard let operation else { return }
        let known = OperationNames.all
        guard known.contains(operation) else {
            throw ValidationError(
                "there is no operation '\(operation)'" + NearName.suggestion(operation, in: known)
            )
        }
    }

    func purpose() -> DirectoryAPI.Purpose {
        let name = operation?.split(separator: ".").last ?? ""
        let isReading = ["Get", "List", "Describe", "Validate", "TestState"].contains {
            name.utf8.starts(with: $0.utf8)
        }
        return isReading ? .reading : .changing
    }

    func run() async throws {
        guard !list else {
            return try await reporting {
                for name in OperationNames.all { Terminal.line(name) }
            }
        }
        try await reporting {
            try await place.use(for: purpose()) { try await perform(on: $0) }
        }
    }

    func perform(on api: any ServiceAPI) async throws {
        let text = try InputText.json(request)
        guard case .object(let members) = try text.value() else {
            throw CommandFailure(.badInput, "\(text.name):1:1: not an object")
        }
        let parts = (operation ?? "").split(separator: ".").map(String.init)
        let answer = try await api.call(
            parts.last ?? "",
            members,
            of: parts.count == 2 ? .stepwell : .stepFunctions
        )
        Terminal.line(JSONWriter.string(.object(answer)))
    }
}
