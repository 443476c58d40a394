import ArgumentParser
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellReplay

/// `sfnctl describe`: what an execution is, now or at any event.
struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Show where an execution stands: every active branch and iteration.",
        discussion: """
            Each branch is shown with its state, input, variables and retries, and with what it \
            waits for since when: a task, a timer, a token, a worker, its iterations. With --at it \
            is shown as it was then; a data directory can be read beside the server that owns it.

            EXAMPLES
              sfnctl describe orders:order-17
              sfnctl describe orders:order-17 --endpoint http://127.0.0.1:8083
              sfnctl describe orders:order-17 --data-dir data --at 3 --json
            """
    )

    @Argument(
        help: ArgumentHelp(
            "An ARN, machine:name (Express: machine:name:uuid), or with --data-dir a number.",
            valueName: "EXECUTION"
        )
    )
    var execution: ExecutionReference

    @Option(
        help: ArgumentHelp(
            "As it was after an event ID (17), a record (r17), or "
                + "at a time (RFC 3339).",
            valueName: "EVENT|rORDINAL|TIME"
        )
    )
    var at: ReplayPlace?

    @Option(
        help: ArgumentHelp(
            "How many iterations or branches of each state are shown.",
            valueName: "N"
        )
    )
    var children = 100

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard (0...1_000).contains(children) else {
            throw ValidationError("--children is 0 to 1000")
        }
    }

    func run() async throws {
        try await reporting {
            let picture = try await picture()
            if json { return Terminal.line(JSONWriter.string(.object(picture))) }
            let tree = PictureTree(
                picture,
                now: time(of: picture),
                width: Terminal.width(of: .output)
            )
            for line in tree.drawing() { Terminal.line(line) }
        }
    }

    /// As of when ages are told.
    private func time(of picture: JSONObject) -> Timestamp {
        let now = SystemClock().now()
        switch at {
        case nil: return now
        case .time(let time)?: return min(time, now)
        case .event?, .record?:
            return ExecutionWait.time(picture["at"]?.objectValue?["time"]) ?? now
        }
    }

    private func picture() async throws -> JSONObject {
        switch try place.place() {
        case .server(let endpoint):
            let client = ServiceClient(endpoint: endpoint)
            let arn = try await NameResolver(api: client).execution(execution)
            var request = JSONObject([
                ("executionArn", .string(arn)), ("full", .bool(true)),
                ("maxChildren", .integer(children)),
            ])
            request["at"] = at.map { .string($0.text) }
            return try await client.call("DescribeExecutionState", request, of: .stepwell)
        case .directory(let path):
            let directory = try DataDirectory(path)
            var views = try directory.views(of: directory.head(of: execution))
            views.payloadLimit = nil
            var request = PictureRequest()
            request.limit = children
            return try views.picture(at: at, request).json
        }
    }
}
