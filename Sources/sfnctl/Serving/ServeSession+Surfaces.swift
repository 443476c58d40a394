import StepwellConsole
import StepwellEngine
import StepwellServer

extension ServeSession {
    /// What answers requests: the API, and the surfaces beside it.
    func router(
        to engine: Engine,
        authenticator: Authenticator?,
        audit: AuditLog?,
        access: AccessLog?,
        metrics: MetricsRegistry,
        surfaces: [any ServedSurface],
        port: Int
    ) -> Router {
        let throttle = settings.rates.map { Throttle(rates: $0, clock: SystemClock()) }
        func router(_ surfaces: [any ServedSurface]) -> Router {
            Router(
                engine: engine,
                logger: logger,
                authenticator: authenticator,
                throttle: throttle,
                audit: audit,
                access: access,
                metrics: metrics,
                unknownMembers: settings.unknownMembers(logger),
                surfaces: surfaces
            )
        }
        guard options.console.isServed else { return router(surfaces) }
        let console = ConsoleSurface(
            // For who is signed in, what comes through the console is written down and measured
            // once, as that.
            router: Router(
                engine: engine,
                logger: logger,
                throttle: throttle,
                audit: audit,
                surfaces: surfaces
            ),
            assets: options.console.assets,
            keys: authenticator?.source,
            settings: ConsoleSettings(
                version: ProductVersion.current,
                region: settings.region,
                accountID: settings.account,
                features: ["triggers"],
                log: log,
                metrics: metrics,
                clock: SystemClock(),
                cookie: "stepwell-session-\(port)"
            )
        )
        // First: a route may be for any path.
        return router([console] + surfaces)
    }
}
