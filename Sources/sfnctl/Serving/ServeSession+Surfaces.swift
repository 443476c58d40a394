import StepwellConsole
import StepwellEngine
import StepwellServer

extension ServeSession {
    /// What answers requests: the API, and the surfaces beside it.
    func router(
        to engine: Engine,
        authenticator: Authenticator?,
        audit: AuditLog?,
        metrics: MetricsRegistry
    ) -> Router {
        let surfaces: [any ServedSurface] = []
        func router(
            _ authenticator: Authenticator?,
            _ surfaces: [any ServedSurface]
        ) -> Router {
            Router(
                engine: engine,
                logger: logger,
                authenticator: authenticator,
                throttle: settings.rates.map { Throttle(rates: $0, clock: SystemClock()) },
                audit: audit,
                metrics: metrics,
                surfaces: surfaces
            )
        }
        guard options.console.isServed else { return router(authenticator, surfaces) }
        let console = ConsoleSurface(
            router: router(nil, surfaces),
            assets: options.console.assets,
            keys: authenticator?.source,
            settings: ConsoleSettings(
                version: ProductVersion.current,
                region: settings.region,
                accountID: settings.account,
                log: log,
                metrics: metrics,
                clock: SystemClock()
            )
        )
        return router(authenticator, surfaces + [console])
    }
}
