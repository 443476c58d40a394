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
    /// The cookie that names a session.
    ///
    /// Browsers keep those of all ports of a host together, so
    /// that servers beside each other need names of their own.
    package var cookie: String

    /// Settings of a server that was started now.
    package init(
        version: String,
        region: String,
        accountID: String,
        features: [String] = [],
        log: LogRing,
        metrics: MetricsRegistry? = nil,
        clock: any EngineClock,
        cookie: String = "stepwell-session"
    ) {
        self.version = version
        self.region = region
        self.accountID = accountID
        self.features = features
        self.log = log
        self.metrics = metrics
        self.clock = clock
        self.cookie = cookie
        startedAt = clock.now()
    }
}
