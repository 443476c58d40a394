import Glibc
import Logging
import ServiceLifecycle
import Stepwell
import StepwellEngine
import StepwellIntegrations
import StepwellServer
import StepwellTriggers

/// One life of `sfnctl serve`, from its settings to its end.
struct ServeSession {
    let settings: ServeSettings
    let logger: Logger
    /// The newest lines of the log.
    let log: LogRing
    /// What is done, in the place of saying so, once it is served.
    var bound: (@Sendable (WorkflowEngine, HTTPServer.Address) -> Void)?

    var options: ServeCommand { settings.options }

    /// Serves until a signal.
    func run() async throws {
        let region = settings.region
        let authenticator = try options.access.authenticator(region: region, logger: logger)
        let mocks = try options.mock.map { try MockFile(path: $0, logger: logger) }
        let audit = try options.audit.map {
            try AuditFile(path: $0, clock: SystemClock(), logger: logger)
        }
        defer { audit?.finish(withinMilliseconds: 300) }
        let access = try options.log.accessLog.map {
            try AuditFile(path: $0, purpose: .access, clock: SystemClock(), logger: logger)
        }
        defer { access?.finish(withinMilliseconds: 300) }
        let metrics = MetricsRegistry.bootstrap()
        let tls = try options.network.tls(logger: logger)
        let socket = try BoundSocket(host: settings.host, port: settings.port)
        try await FunctionHost.check(
            settings.file.integrations.functions,
            region: region,
            account: settings.account
        )
        let integrations = RunningIntegrations(
            settings.file.integrations,
            policy: try options.integrations.policy.map {
                try PolicyFile(path: $0, logger: logger)
            },
            region: region,
            account: settings.account,
            logger: logger
        )
        let workflows = try await openedEngine(mocks, integrations)
        let engine = workflows.engine
        let triggers = try await opened(engine, integrations)
        let router = router(
            to: engine,
            authenticator: authenticator,
            audit: audit.map { AuditLog(sink: $0, region: region, clock: SystemClock()) },
            access: access.map { AccessLog(sink: $0, clock: SystemClock()) },
            metrics: metrics,
            surfaces: triggers.surfaces,
            port: socket.port
        )
        let served: Result<Void, any Error>
        do {
            try await serve(workflows, router, integrations, triggers, on: socket, tls)
            served = .success(())
        } catch {
            served = .failure(error)
        }
        await integrations.shutdown()
        try served.get()
    }

    /// The engine, suspended; when it cannot be opened everything that runs is ended.
    private func openedEngine(
        _ mocks: MockFile?,
        _ integrations: RunningIntegrations
    ) async throws -> WorkflowEngine {
        do {
            let (directory, clock) = (settings.dataDirectory, options.engine.clock)
            return try await openEngine(at: directory, clock: clock) {
                $0.engine.mocks = mocks
                $0.region = settings.region
                $0.account = settings.account
                $0.logger = logger
                $0.engine.logGroups = settings.file.server.logGroups.map { Set($0) }
                integrations.apply(to: &$0.engine)
                Quota.apply(settings.file.quotas, to: &$0.engine)
            }
        } catch {
            await integrations.shutdown()
            throw error
        }
    }

    /// What is stored of triggers; when it cannot be read everything that runs is ended.
    private func opened(
        _ engine: Engine,
        _ integrations: RunningIntegrations
    ) async throws -> RunningTriggers {
        do {
            return try RunningTriggers(
                settings.dataDirectory,
                engine,
                integrations.client,
                unknownMembers: settings.unknownMembers(logger),
                logger: logger
            )
        } catch {
            await engine.shutdown()
            await integrations.shutdown()
            throw error
        }
    }

    /// Serves until a signal, then ends the engine and what follows it.
    private func serve(
        _ workflows: WorkflowEngine,
        _ router: Router,
        _ integrations: RunningIntegrations,
        _ triggers: RunningTriggers,
        on socket: BoundSocket,
        _ tls: TLSIdentity?
    ) async throws {
        let engine = workflows.engine
        let signals = Signals.streams()
        let running: RunningExports
        do {
            running = try options.exports.start(engine, logger)
        } catch {
            await engine.shutdown()
            throw error
        }
        let notifier = SystemdNotifier()
        let server = HTTPServer(
            configuration: try configuration(engine, triggers.routes, tls),
            logger: logger,
            socket: socket,
            respond: router.respond,
            refused: router.note,
            bound: { address in
                if let bound { bound(workflows, address) } else { announce(address) }
                notifier.send(.ready)
            }
        )
        let reload = ReloadService(
            hangups: signals.hangups,
            reload: Reload(
                settings,
                integrations,
                triggers,
                registry: engine.registry,
                tls: tls,
                logger: logger
            )
        )
        try await begin(workflows, triggers)
        let end = EndOfTime()
        let served: Result<Void, any Error>
        do {
            try await Self.group(
                server,
                SystemdService(notifier: notifier, engine: engine),
                reload,
                StopService(signals: signals.ends) { end.begin() }
            ).run()
            served = .success(())
        } catch {
            served = .failure(error)
        }
        end.begin()
        await triggers.triggers.shutdown()
        await engine.shutdown()
        // What the engine made durable at last is exported too.
        if await !running.finish(within: .milliseconds(700)) {
            logger.warning("what is not exported yet is exported at the next start")
        }
        try served.get()
    }

    /// Has what is unfinished go on, and what starts executions be as the configuration says.
    private func begin(_ workflows: WorkflowEngine, _ triggers: RunningTriggers) async throws {
        workflows.resume()
        triggers.triggers.start()
        do {
            try await triggers.define(settings.file.triggers)
        } catch {
            await triggers.triggers.shutdown()
            await workflows.shutdown()
            throw error
        }
    }

    /// Says where the server is; whoever started it may not read that.
    private func announce(_ address: HTTPServer.Address) {
        let isTaken = options.exports.takesOutput || options.log.accessLog == "-"
        let output: Terminal.Stream = isTaken ? .error : .output
        let console = options.console.isServed ? "console \(address)/console/\n" : ""
        let text =
            "sfnctl serves \(settings.dataDirectory) at \(address)\n"
            + "\(console)version \(ProductVersion.current)"
        _ = SlowCall { Terminal.line(text, to: output) }.value(withinMilliseconds: 1000)
    }

    private func configuration(
        _ engine: Engine,
        _ routes: RouteSurface,
        _ tls: TLSIdentity?
    ) throws -> ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.allow(payloadBytes: engine.configuration.executionLimits.payloadBytes)
        configuration.host = settings.host
        configuration.port = settings.port
        configuration.tls = tls
        configuration.proxies = try options.network.proxies
        configuration.hosts = options.access.hosts(at: settings.host)
        configuration.hosts.allowsPage = { routes.allowsOrigin($0, method: $1, uri: $2) }
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
        _ reload: ReloadService,
        _ stop: StopService
    ) -> ServiceGroup {
        ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: server), .init(service: systemd), .init(service: reload),
                    .ending(stop),
                ],
                logger: Logger(label: "sfnctl.lifecycle") { _ in SwiftLogNoOpLogHandler() }
            )
        )
    }
}
