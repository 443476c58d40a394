package import StepwellEngine
package import StepwellHistory
package import StepwellServer

/// What a console says of its server.
package struct ConsoleSettings: Sendable {
    /// The program's version.
    package var version: String
    package var region: String
    package var accountID: String
    /// When the server was started.
    package var startedAt: Timestamp
    /// What there is beside the API: names such as `triggers`.
    package var features: [String]
    /// The newest lines of the server's log.
    package var log: LogRing
    /// What the server measures.
    package var metrics: MetricsRegistry?
    package var clock: any EngineClock

    /// Settings of a server that was started now.
    package init(
        version: String,
        region: String,
        accountID: String,
        features: [String] = [],
        log: LogRing,
        metrics: MetricsRegistry? = nil,
        clock: any EngineClock
    ) {
        self.version = version
        self.region = region
        self.accountID = accountID
        self.features = features
        self.log = log
        self.metrics = metrics
        self.clock = clock
        startedAt = clock.now()
    }
}
