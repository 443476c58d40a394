import ArgumentParser
import Glibc
import Logging
import ServiceLifecycle
import Stepwell
import StepwellEngine
import StepwellServer

/// `sfnctl serve`: the API over a data directory.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the AWS Step Functions API.",
        discussion: """
            Any AWS SDK works against it: give it the endpoint, any credentials and the region;
            with --credentials, one of the access keys in that file.
            SIGTERM or SIGINT ends it within 10 seconds; what is unfinished goes on at the next
            start.

            EXAMPLES
              sfnctl serve --data-dir data
              sfnctl serve --data-dir data --port 0 --time-scale 0.01
              sfnctl serve --data-dir data --mock MockConfigFile.json
              sfnctl serve --data-dir data --host 0.0.0.0 --credentials keys.ini
              sfnctl serve --data-dir data --execution-logs executions.jsonl --status-changes -
              aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:8083
            """
    )

    @Option(help: "Where the log is; made when it is missing. One server owns it at a time.")
    var dataDir: String

    @Option(help: "The address to listen at.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen at; 0 takes any that is free.")
    var port = 8083

    @Option(help: "The region in ARNs.")
    var region = "us-east-1"

    @Option(help: "The account in ARNs, 12 digits.")
    var accountID = "000000000000"

    @Option(
        help: ArgumentHelp(
            "Mocked responses: Step Functions Local's MockConfigFile.json; read again when it "
                + "changes. Start an execution with STATE-MACHINE-ARN#TEST-CASE to use them.",
            valueName: "FILE"
        )
    )
    var mock: String?

    @Option(
        help: ArgumentHelp(
            "Quotas and throttling, as JSON; see OPERATING.md. AWS's quotas, and no throttling, "
                + "otherwise.",
            valueName: "FILE"
        )
    )
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Appends who created, changed, stopped or deleted what, one JSON object a line.",
            valueName: "FILE"
        )
    )
    var audit: String?

    @OptionGroup
    var exports: ExportOptions

    @OptionGroup
    var access: AccessOptions

    @OptionGroup
    var engine: EngineOptions

    func validate() throws {
        try access.check(host: host)
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port has to be from 0 to 65535")
        }
        guard accountID.utf8.count == 12, accountID.utf8.allSatisfy({ (48...57).contains($0) })
        else {
            throw ValidationError("--account-id has to have 12 digits")
        }
        guard !region.isEmpty, !region.contains(":") else {
            throw ValidationError("--region cannot be '\(region)'")
        }
    }

    func run() async throws {
        // A reader of a log that goes away is no reason to end.
        signal(SIGPIPE, SIG_IGN)
        let log = LogStream()
        defer { log.finish(withinMilliseconds: 300) }
        try await reporting {
            var logger = Logger(label: "sfnctl") { StreamLogHandler(label: $0, stream: log) }
            logger.logLevel = .notice
            let settings = try config.map { try SettingsFile(path: $0) }
            let authenticator = try access.authenticator(region: region, logger: logger)
            let mocks = try mock.map { try MockFile(path: $0, logger: logger) }
            let audit = try audit.map {
                try AuditFile(path: $0, clock: SystemClock(), logger: logger)
            }
            defer { audit?.finish(withinMilliseconds: 300) }
            let metrics = MetricsRegistry.bootstrap()
            let socket = try BoundSocket(host: host, port: port)
            let engine = try openEngine(at: dataDir, clock: engine.clock) {
                $0.mocks = mocks
                $0.region = region
                $0.account = accountID
                $0.logger = logger
                settings?.apply(to: &$0)
            }
            let router = Router(
                engine: engine,
                logger: logger,
                authenticator: authenticator,
                throttle: settings?.rates(region: region).map {
                    Throttle(rates: $0, clock: SystemClock())
                },
                audit: audit.map { AuditLog(sink: $0, region: region, clock: SystemClock()) },
                metrics: metrics
            )
            try await serve(engine, router, on: socket, logger)
        }
    }

    /// Serves until a signal, then ends the engine and what follows it.
    private func serve(
        _ engine: Engine,
        _ router: Router,
        on socket: BoundSocket,
        _ logger: Logger
    ) async throws {
        let signals = Signals.stream()
        let running: RunningExports
        do {
            running = try exports.start(engine, logger)
        } catch {
            await engine.shutdown()
            throw error
        }
        let notifier = SystemdNotifier()
        let server = HTTPServer(
            configuration: configuration(engine),
            logger: logger,
            socket: socket,
            respond: router.respond,
            bound: { address in
                let output: Terminal.Stream = exports.takesOutput ? .error : .output
                // Whoever started the server may not read what it says.
                _ = SlowCall { Terminal.line("sfnctl serves \(dataDir) at \(address)", to: output) }
                    .value(withinMilliseconds: 1000)
                notifier.send(.ready)
            }
        )
        let end = EndOfTime()
        let served: Result<Void, any Error>
        do {
            try await Self.group(
                server,
                SystemdService(notifier: notifier, engine: engine),
                StopService(signals: signals) { end.begin() }
            ).run()
            served = .success(())
        } catch {
            served = .failure(error)
        }
        end.begin()
        await engine.shutdown()
        // What the engine made durable at last is exported too.
        if await !running.finish(within: .milliseconds(700)) {
            logger.warning("what is not exported yet is exported at the next start")
        }
        try served.get()
    }

    private func configuration(_ engine: Engine) -> ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.allow(payloadBytes: engine.configuration.executionLimits.payloadBytes)
        configuration.host = host
        configuration.port = port
        configuration.hosts = access.hosts(at: host)
        configuration.maximumConnections = Descriptors.connections(
            atMost: configuration.maximumConnections
        )
        return configuration
    }

    /// Services that end with the last of them, which waits for a signal; the requests that run
    /// are finished by then.
    private static func group(
        _ server: HTTPServer,
        _ systemd: SystemdService,
        _ stop: StopService
    ) -> ServiceGroup {
        ServiceGroup(
            configuration: .init(
                services: [.init(service: server), .init(service: systemd), .ending(stop)],
                logger: Logger(label: "sfnctl.lifecycle") { _ in SwiftLogNoOpLogHandler() }
            )
        )
    }
}
