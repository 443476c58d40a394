import Logging
public import ServiceLifecycle
public import Stepwell
import StepwellEngine

/// The API of AWS Step Functions in front of an engine that this process has: awscli, the SDKs and
/// `sfnctl` reach the state machines and executions of the service while it runs.
///
/// ```swift
/// let engine = try await WorkflowEngine.open(at: "data") { $0.handle("charge-card", charge) }
/// let server = try WorkflowServer(for: engine) {
///     $0.port = 8083
///     $0.serveConsole()  // import StepwellConsole
/// }
/// try await ServiceGroup(services: [engine, server], logger: logger).run()
/// ```
///
/// The address is taken when the server is made, and answered at when it runs. Services of a group
/// end in the reverse order: name the server after the engine, and requests that run are finished
/// before the engine ends.
public final class WorkflowServer: Service {
    /// The port that the server has.
    public let port: Int
    /// The address of the API: `http://HOST:PORT`, or `https://` where it speaks TLS.
    public let url: String

    private let server: HTTPServer
    private let logs: [AuditFile]

    /// A server for an engine; nothing is answered before it runs.
    ///
    /// - Parameters:
    ///   - engine: The engine, which goes on without the server when that ends.
    ///   - configure: Says where it listens, and whom it answers.
    /// - Throws: ``WorkflowServerError`` when the address or a file cannot be had, or when anybody
    ///   could call it from elsewhere and that was not asked for; what `configure` throws.
    public init(
        for engine: WorkflowEngine,
        _ configure: (inout Configuration) throws -> Void = { _ in }
    ) throws {
        var configuration = Configuration()
        try configure(&configuration)
        try configuration.check()
        do {
            let socket = try BoundSocket(host: configuration.host, port: configuration.port)
            let parts = try ServerParts(configuration, engine.engine)
            let settings = try configuration.settings(for: engine.engine)
            let router = parts.router(configuration, port: socket.port)
            port = socket.port
            logs = parts.logs
            url =
                HTTPServer.Address(
                    host: configuration.host,
                    port: socket.port,
                    isSecure: settings.tls != nil
                ).description
            server = HTTPServer(
                configuration: settings,
                logger: configuration.logger,
                socket: socket,
                respond: router.respond,
                refused: router.note
            )
        } catch let error as any CustomStringConvertible {
            throw WorkflowServerError(error.description)
        }
    }

    /// Serves until the task is cancelled or its service group shuts down gracefully; requests that
    /// run then are finished within ``Configuration/drain``.
    ///
    /// A server runs once.
    ///
    /// - Throws: ``WorkflowServerError`` when the address cannot be listened at.
    public func run() async throws {
        defer { for log in logs { log.finish(withinMilliseconds: 300) } }
        do {
            try await server.run()
        } catch let error as ListenError {
            throw WorkflowServerError(error.description)
        }
    }
}

extension WorkflowServer.Configuration {
    /// Refuses to serve others than this machine without knowing who they are.
    fileprivate func check() throws {
        guard credentialsFile == nil, !allowsAnonymous, !HostRules.isLoopback(host) else { return }
        throw WorkflowServerError(
            "\(host) can be reached from elsewhere: name the access keys that may call the server "
                + "(credentialsFile), or say that anybody may (allowsAnonymous)"
        )
    }

    /// Which hosts and origins are answered.
    private var hosts: HostRules {
        if credentialsFile != nil { return .any }
        return HostRules.isLoopback(host)
            ? .loopback(and: allowedHosts) : .anonymous(allowedHosts)
    }

    fileprivate func settings(for engine: Engine) throws -> ServerConfiguration {
        var settings = ServerConfiguration()
        settings.allow(payloadBytes: engine.configuration.executionLimits.payloadBytes)
        settings.host = host
        settings.port = port
        settings.hosts = hosts
        settings.proxies = try TrustedProxies(trustedProxies)
        settings.tls = try tls.map {
            let files = TLSFiles(certificate: $0.certificateFile, key: $0.keyFile)
            return try TLSIdentity(files: files, logger: logger)
        }
        let (seconds, attoseconds) = drain.components
        settings.drainMilliseconds = max(0, seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
        return settings
    }
}
