import ArgumentParser
import Logging
import StepwellEngine
import StepwellIntegrations
import StepwellServer
import Synchronization

/// Reads the TLS certificate and the configuration file again, and takes over what can change while
/// a server runs.
final class Reload: Sendable {
    private struct State: Sendable {
        /// What is in force.
        var file: ConfigurationFile
    }

    private let options: ServeCommand
    private let integrations: RunningIntegrations
    private let triggers: RunningTriggers
    private let registry: ConnectorRegistry
    private let tls: TLSIdentity?
    private let logger: Logger
    private let state: Mutex<State>

    init(
        _ settings: ServeSettings,
        _ integrations: RunningIntegrations,
        _ triggers: RunningTriggers,
        registry: ConnectorRegistry,
        tls: TLSIdentity?,
        logger: Logger
    ) {
        options = settings.given
        self.integrations = integrations
        self.triggers = triggers
        self.registry = registry
        self.tls = tls
        self.logger = logger
        state = Mutex(State(file: settings.file))
    }

    /// Reads the file; one that cannot be used changes nothing.
    func run() async {
        tls?.reload()
        guard let path = options.config else {
            if tls != nil { return }
            return logger.notice("SIGHUP: there is no --config to reload")
        }
        let settings: ServeSettings
        let policy: PolicyFile?
        do {
            settings = try ServeSettings(options)
            try await FunctionHost.check(
                settings.file.integrations.functions,
                region: settings.region,
                account: settings.account
            )
            policy = try settings.options.integrations.policy.map {
                try PolicyFile(path: $0, logger: logger)
            }
            // Last: from here on the file is in force.
            try await triggers.define(settings.file.triggers)
        } catch {
            let problem = CommandFailure(error).description
            return logger.error("the configuration is unchanged: \(problem)")
        }
        await integrations.replace(with: settings.file.integrations, policy: policy)
        registry.reconsider()
        let former = state.withLock { state in
            defer {
                // What waits for a start is compared with what is in force.
                let models = state.file.integrations.aws.models
                state.file.integrations = settings.file.integrations
                state.file.integrations.aws.models = models
                state.file.server.policy = settings.file.server.policy
                state.file.triggers = settings.file.triggers
            }
            return state.file
        }
        var changed = former.integrations.changes(to: settings.file.integrations)
        if former.triggers != settings.file.triggers { changed.append("triggers") }
        logger.notice(
            "configuration reloaded",
            metadata: ["file": "\(path)", "changed": "\(changed.joined(separator: ", "))"]
        )
        let waiting = former.changesAtStart(to: settings.file)
        if !waiting.isEmpty {
            logger.warning(
                "these take effect at the next start: \(waiting.joined(separator: ", "))"
            )
        }
    }
}
