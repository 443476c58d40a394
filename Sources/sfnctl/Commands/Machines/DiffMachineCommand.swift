import ArgumentParser
import Glibc
import StepwellJSON

/// `sfnctl machines diff`.
struct DiffMachineCommand: APICommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two definitions.",
        discussion: """
            Each is a file, or a state machine, version or alias: anything that is not a file \
            is taken for one. Layout is ignored.

            EXAMPLES
              sfnctl machines diff orders hello.asl.json || true
              sfnctl machines diff orders:1 orders || true

            EXIT STATUS
              0   they are the same
              1   they differ
            """
    )

    @Argument(help: ArgumentHelp("The old definition.", valueName: "OLD"))
    var old: String

    @Argument(help: ArgumentHelp("The new definition.", valueName: "NEW"))
    var new: String

    @Option(
        help: ArgumentHelp("A value for ${NAME} in files; repeatable.", valueName: "NAME=VALUE")
    )
    var substitute: [String] = []

    @Flag(help: "Print one JSON document with both definitions.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        _ = try Substitutions(substitute)
    }

    func purpose() -> DirectoryAPI.Purpose { .reading }

    func perform(on api: any ServiceAPI) async throws {
        let (left, right) = (try await read(old, api), try await read(new, api))
        let difference = LineDifference(from: Self.lines(of: left), to: Self.lines(of: right))
        if json {
            let document: JSONObject = [
                "same": .bool(difference.isEmpty), "old": left, "new": right,
            ]
            Terminal.line(JSONWriter.string(.object(document)))
        } else if !difference.isEmpty {
            Terminal.line("--- \(Terminal.plain(old))")
            Terminal.line("+++ \(Terminal.plain(new))")
            for line in difference.drawing() { Terminal.line(line) }
        }
        try Terminal.checkOutput()
        if !difference.isEmpty { throw ExitCode(CommandFailure.Status.failed.rawValue) }
    }

    private func read(_ name: String, _ api: any ServiceAPI) async throws -> JSONValue {
        if name == "-" || access(name, F_OK) == 0 {
            let source = try DefinitionSource(
                path: name,
                substitutions: try Substitutions(substitute)
            )
            return try InputText(name: source.path, bytes: try source.filled()).value()
        }
        let arn = try await NameResolver(api: api).machine(name)
        let found = try await api.call("DescribeStateMachine", ["stateMachineArn": .string(arn)])
        let text = found["definition"]?.stringValue ?? ""
        return try InputText(name: name, bytes: Array(text.utf8)).value()
    }

    private static func lines(of value: JSONValue) -> [String] {
        String(decoding: JSONWriter.writePretty(value), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
