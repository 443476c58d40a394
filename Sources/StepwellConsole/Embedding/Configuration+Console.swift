import StepwellEngine
public import StepwellServer

extension WorkflowServer.Configuration {
    /// Has the server answer with the console at `/console/`, beside the API.
    ///
    /// Where the server has access keys, its users sign in with them. What the process logs and
    /// measures goes where the process says, so that the console's pages for these stay empty.
    public mutating func serveConsole() {
        surfaces.append { parts in
            let configuration = parts.engine.configuration
            return ConsoleSurface(
                router: parts.router,
                keys: parts.keys,
                settings: ConsoleSettings(
                    version: ProductVersion.current,
                    region: configuration.region,
                    accountID: configuration.account,
                    log: LogRing(),
                    clock: SystemClock(),
                    cookie: "stepwell-session-\(parts.port)"
                )
            )
        }
    }
}
