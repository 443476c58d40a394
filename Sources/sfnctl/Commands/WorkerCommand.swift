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
            The command gets the task's input as JSON on standard input and writes its output as
            JSON to standard output. Exit status 0 is success. Anything else fails the task: with
            error and cause from {"Error": …, "Cause": …} on standard output, else with
            CommandFailed and what standard error says.
            In its environment: STEPWELL_TASK_TOKEN, STEPWELL_IDEMPOTENCY_KEY (the same for every
            delivery of a task) and STEPWELL_ACTIVITY_ARN.
            The worker outlives restarts of the server; SIGTERM ends it after its current task.

            EXAMPLES
              sfnctl worker arn:aws:states:us-east-1:000000000000:activity:ship \\
                  --endpoint http://127.0.0.1:8083 -- python3 ship.py
              sfnctl worker ARN --endpoint URL --heartbeat 5 -- ./render --quality high
            """
    )

    @Argument(help: "The activity's ARN.")
    var activityARN: String

    @Option(help: "The server: http[s]://HOST[:PORT].")
    var endpoint: Endpoint

    @Option(help: "The name that histories show for this worker.")
    var name: String?

    @Option(
        help: ArgumentHelp(
            "Send a heartbeat every so many seconds while the command runs.",
            valueName: "SECONDS"
        )
    )
    var heartbeat: Double?

    @Argument(parsing: .postTerminator, help: "The command and its arguments, behind --.")
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("give the command behind --")
        }
        _ = try WorkerCommandLine(words: command)
        if let heartbeat, !(heartbeat > 0) {
            throw ValidationError("--heartbeat has to be above 0")
        }
    }

    func run() async throws {
        // A command that does not read its input closes the pipe; that is no reason to end.
        signal(SIGPIPE, SIG_IGN)
        try await reporting {
            let worker = ActivityWorker(
                client: ServiceClient(endpoint: endpoint),
                activityARN: activityARN,
                name: name,
                command: try WorkerCommandLine(words: command),
                heartbeatSeconds: heartbeat
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
}
