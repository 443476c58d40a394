import Logging
import StepwellEngine
import StepwellIntegrations
import StepwellServer

/// What a server with a configuration file would serve, without one.
struct ServiceableResources {
    /// To be asked about resources.
    let registry: ConnectorRegistry
    private let integrations: RunningIntegrations

    /// Reads the file.
    ///
    /// - Throws: What is wrong with it.
    init(path: String) throws {
        let file = try ConfigurationFile(path: path)
        integrations = RunningIntegrations(
            file.integrations,
            region: file.server.region ?? "us-east-1",
            account: file.server.accountID ?? "000000000000",
            logger: Logger(label: "sfnctl") { _ in SwiftLogNoOpLogHandler() }
        )
        var configuration = EngineConfiguration()
        configuration.sdkActions = .operations
        configuration.integrations = integrations.connectors
        registry = configuration.registry
    }

    /// Lets go of what was made.
    func end() async {
        await integrations.shutdown()
    }
}
