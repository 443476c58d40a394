import ArgumentParser
import Glibc
import Logging
import ServiceLifecycle
import StepwellServer

/// `sfnctl worker`: does an activity's tasks with a command.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Do an activity's tasks, each by a run of a command.",
        discussion: """
            The command gets the task's input as JSON on standard input and writes its output as \
            JSON to standard output. Exit status 0 is success. Anything else fails the task: with \
            error and cause from {"Error": …, "Cause": …} on standard output, else with \
            CommandFailed and what standard error says.

            In its environment: STEPWELL_TASK_TOKEN, STEPWELL_IDEMPOTENCY_KEY (the same for every \
            delivery of a task) and STEPWELL_ACTIVITY_ARN.

            The worker survives restarts of the server; SIGTERM ends it after its current tasks.

            EXAMPLES
              sfnctl worker ship -- python3 ship.py
              sfnctl worker ship --concurrency 4 --heartbeat 5 -- ./ship.py --quality high
            """
    )

    @Argument(help: ArgumentHelp("The activity: its name or ARN.", valueName: "ACTIVITY"))
    var activity: String

    @OptionGroup
    var place: APIOptions

    @Option(help: ArgumentHelp("How many tasks to do at once.", valueName: "N"))
    var concurrency = 1

    @Option(
        help: ArgumentHelp("The name that histories show for this worker.", valueName: "NAME")
    )
    var name: String?

    @Option(
        help: ArgumentHelp(
            "Send a heartbeat every so many seconds while the command runs.",
            valueName: "SECONDS"
        )
    )
    var heartbeat: Double?

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("The command and its arguments, after --.", valueName: "COMMAND")
    )
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("give the command after --")
        }
        _ = try WorkerCommandLine(words: command)
        if let heartbeat, !(heartbeat > 0) {
            throw ValidationError("--heartbeat must be above 0")
        }
        guard (1...1_000).contains(concurrency) else {
            throw ValidationError("--concurrency must be from 1 to 1000")
        }
    }

    func run() async throws {
        // A command that does not read its input closes the pipe; that is no reason to end.
        signal(SIGPIPE, SIG_IGN)
        try await reporting {
            guard case .server(let endpoint) = try place.place() else {
                throw ValidationError("tasks are handed out by a server: give --endpoint")
            }
            let client = ServiceClient(endpoint: endpoint)
            let arn = try await resolved(by: client, at: endpoint)
            let worker = ActivityWorker(
                client: client,
                activityARN: arn,
                name: name,
                command: try WorkerCommandLine(words: command),
                heartbeatSeconds: heartbeat,
                concurrency: concurrency
            )
            let group = ServiceGroup(
                configuration: .init(
                    services: [
                        .ending(worker), .ending(StopService(signals: Signals.stream())),
                    ],
                    logger: Logger(label: "sfnctl.lifecycle") { _ in SwiftLogNoOpLogHandler() }
                )
            )
            try await group.run()
        }
    }

    /// Says what the worker is about to do, and finds its activity as soon as the server can be
    /// reached.
    private func resolved(by client: ServiceClient, at endpoint: Endpoint) async throws -> String {
        let voice = WorkerVoice()
        let times = concurrency == 1 ? "" : ", \(concurrency) at once"
        voice.say(
            "doing tasks of \(activity) at \(endpoint) with \(command.joined(separator: " "))"
                + times
        )
        guard !activity.utf8.starts(with: "arn:".utf8) else { return activity }
        while true {
            do {
                return try await NameResolver(api: client).activity(activity)
            } catch let error as UnreachableError {
                voice.missed(error)
                try await Task.sleep(for: .seconds(1))
            }
        }
    }
}
