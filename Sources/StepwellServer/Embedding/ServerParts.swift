import Logging
import StepwellEngine

/// What an embedded server's router is made of.
struct ServerParts {
    let engine: Engine
    /// The files that are written to while the server runs.
    let logs: [AuditFile]

    private let keys: WatchedCredentials?
    private let throttle: Throttle?
    private let audit: AuditLog?
    private let access: AccessLog?

    /// Opens the files that a configuration names.
    init(_ configuration: WorkflowServer.Configuration, _ engine: Engine) throws {
        let (clock, logger) = (SystemClock(), configuration.logger)
        let region = engine.configuration.region
        self.engine = engine
        keys = try configuration.credentialsFile.map {
            try WatchedCredentials(path: $0, logger: logger)
        }
        throttle =
            configuration.throttlesAsAWS
            ? Throttle(rates: TokenRate.published(region: region), clock: clock) : nil
        let audit = try configuration.auditFile.map {
            try AuditFile(path: $0, clock: clock, logger: logger)
        }
        let access = try configuration.accessLogFile.map {
            try AuditFile(path: $0, purpose: .access, clock: clock, logger: logger)
        }
        self.audit = audit.map { AuditLog(sink: $0, region: region, clock: clock) }
        self.access = access.map { AccessLog(sink: $0, clock: clock) }
        logs = [audit, access].compactMap(\.self)
    }

    /// The router of the API and of the surfaces beside it, for a server at a port.
    func router(_ configuration: WorkflowServer.Configuration, port: Int) -> Router {
        let authenticator = keys.map {
            Authenticator(
                source: $0,
                region: engine.configuration.region,
                clock: SystemClock()
            )
        }
        let unknown: UnknownMembers =
            configuration.refusesUnknownMembers ? .refused : .ignored(configuration.logger)
        // What comes through a surface for who is known is written down as that.
        let inner = Router(
            engine: engine,
            logger: configuration.logger,
            throttle: throttle,
            audit: audit
        )
        let parts = EmbeddedSurface(engine: engine, router: inner, keys: keys, port: port)
        return Router(
            engine: engine,
            logger: configuration.logger,
            authenticator: authenticator,
            throttle: throttle,
            audit: audit,
            access: access,
            unknownMembers: unknown,
            surfaces: configuration.surfaces.map { $0(parts) }
        )
    }
}
