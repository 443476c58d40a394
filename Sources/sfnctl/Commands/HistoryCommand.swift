import ArgumentParser
import StepwellEngine
import StepwellJSON
import StepwellReplay

/// `sfnctl history`: what happened in an execution.
struct HistoryCommand: AsyncParsableCommand {
    enum Form: String, EnumerableFlag {
        case json
        case tree
        case timeline

        static func help(for value: Form) -> ArgumentHelp? {
            switch value {
            case .json: "One JSON document, in the form of GetExecutionHistory."
            case .tree: "What followed from what."
            case .timeline: "When each branch was in which state, with retries and waits."
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the history of an execution.",
        discussion: """
            A data directory can be read beside the server that owns it, or without one.

            EXAMPLES
              sfnctl history orders:order-17
              sfnctl history orders:order-17 --tree
              sfnctl history 42 --data-dir data --timeline
              sfnctl history orders:order-17 --endpoint http://127.0.0.1:8083 --follow
            """
    )

    @Argument(
        help: ArgumentHelp(
            "An ARN, machine:name (Express: machine:name:uuid), or with --data-dir a number.",
            valueName: "EXECUTION"
        )
    )
    var execution: ExecutionReference

    @Flag(exclusivity: .exclusive)
    var form: Form?

    @Flag(help: "Continue until the execution is closed; with --json one event a line.")
    var follow = false

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard !follow || form == nil || form == .json else {
            throw ValidationError("--follow goes with --json or with no form")
        }
    }

    func run() async throws {
        try await reporting {
            if form == .timeline { return try await showTimeline() }
            switch try place.place() {
            case .server(let endpoint):
                let client = ServiceClient(endpoint: endpoint)
                var source = try await ServedHistory(client: client, reference: execution)
                try await show(&source)
            case .directory(let path):
                let directory = try DataDirectory(path)
                var source = try StoredHistory(directory: directory, reference: execution)
                try await show(&source)
            }
        }
    }

    private func show(_ source: inout some HistorySource) async throws {
        var (events, isClosed) = try await source.next()
        guard follow else {
            for line in drawing(of: events) { Terminal.line(line) }
            return
        }
        while true {
            for event in events {
                Terminal.line(
                    form == .json
                        ? JSONWriter.string(.object(event))
                        : HistoryLine(event).row(on: .output)
                )
            }
            if isClosed { return }
            try Terminal.checkOutput()
            try await Task.sleep(for: .milliseconds(300))
            (events, isClosed) = try await source.next()
        }
    }

    private func drawing(of events: [JSONObject]) -> [String] {
        switch form {
        case .json:
            let document = JSONObject([("events", .array(events.map { .object($0) }))])
            return [JSONWriter.string(.object(document))]
        case .tree: return HistoryTree(events.map(HistoryLine.init)).drawing()
        case .timeline, nil: return events.map { HistoryLine($0).row(on: .output) }
        }
    }

    private func showTimeline() async throws {
        let source = try await TimelineSource(execution, at: try place.place())
        var query = TimelineQuery()
        query.limit = 10_000
        var spans: [JSONObject] = []
        var answer = JSONObject()
        repeat {
            answer = try await source.page(query)
            spans += answer.objects("spans")
            query.after = answer.integer("next") ?? 0
        } while query.after > 0
        let timeline = HistoryTimeline(answer, spans: spans, now: SystemClock().now())
        let width = Terminal.width(of: .output)
        for line in timeline.drawing(width: width) { Terminal.line(line) }
    }
}
