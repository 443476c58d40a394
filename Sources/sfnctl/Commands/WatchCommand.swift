import ArgumentParser
import StepwellJSON

/// `sfnctl watch`: a live view.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show an execution, or the whole engine, live on the terminal.",
        discussion: """
            Of an execution: its states with their statuses, what it waits for, its last events. \
            Of the engine: counts, rates, the newest executions; enter opens one. q or Ctrl-C \
            ends it.

            If standard output is not a terminal, the events of an execution are written as they \
            come, until it has closed; of the engine, a snapshot.

            EXAMPLES
              sfnctl watch
              sfnctl watch orders:order-17 --interval 0.5
              sfnctl watch 42 --data-dir data
            """
    )

    @Argument(
        help: ArgumentHelp(
            "An ARN, machine:name, or with --data-dir a number; the whole engine without.",
            valueName: "EXECUTION"
        )
    )
    var execution: ExecutionReference?

    @Option(help: ArgumentHelp("The time between two updates.", valueName: "SECONDS"))
    var interval = 1.0

    @OptionGroup
    var place: APIOptions

    func validate() throws {
        guard (0.1...3_600).contains(interval) else {
            throw ValidationError("--interval must be from 0.1 to 3600")
        }
    }

    func run() async throws {
        try await reporting {
            guard Terminal.Stream.output.isTerminal || execution == nil else {
                return try await follow()
            }
            try await place.use(for: .reading) { api in
                var view = try await firstView(on: api)
                if Terminal.Stream.output.isTerminal {
                    return try await WatchSession(api: api, interval: interval).run(view)
                }
                try await view.refresh(from: api)
                let size = Screen.Size(lines: 1_000, columns: .max)
                for line in view.lines(in: size) { Terminal.line(line.text()) }
            }
        }
    }

    /// The view that the command asks for; the execution has to be there.
    private func firstView(on api: any ServiceAPI) async throws -> any WatchView {
        guard let execution else {
            switch try place.place() {
            case .server(let endpoint): return EngineWatch(title: endpoint.description)
            case .directory(let path): return EngineWatch(title: path)
            }
        }
        var view = ExecutionWatch(arn: try await NameResolver(api: api).execution(execution))
        try await view.refresh(from: api)
        return view
    }

    /// For readers that are no terminals: the events, as `sfnctl history --follow` writes them.
    private func follow() async throws {
        let found = try place.place()
        let whereTo =
            switch found {
            case .server(let endpoint): ["--endpoint", endpoint.description]
            case .directory(let path): ["--data-dir", path]
            }
        let words = [execution?.argument ?? "", "--follow"] + whereTo
        try await HistoryCommand.parse(words).run()
    }
}
