import Logging
import StepwellEngine
import StepwellIntegrations
import Synchronization

/// What tasks use outside while a server runs, and what changes of it when it is told anew.
final class RunningIntegrations: Sendable {
    /// The settings that everything asks.
    let live: LiveSettings
    /// What tasks may do.
    let permissions: TaskPolicy
    /// What does the work of tasks outside, in the order in which it is asked.
    var connectors: [any TaskConnector] { outside.connectors }

    private let policies: SwitchedPolicies
    private let outside: OutsideServices

    /// Makes everything that the settings want.
    ///
    /// - Throws: `CommandFailure` when the policy file cannot be used.
    init(_ settings: ServeSettings, logger: Logger) throws {
        live = LiveSettings(settings.file.integrations)
        policies = SwitchedPolicies(
            try settings.options.integrations.policy.map {
                try PolicyFile(path: $0, logger: logger)
            }
        )
        permissions = TaskPolicy(policies, region: settings.region, account: settings.account)
        outside = OutsideServices(live, region: settings.region, logger: logger)
    }

    /// Goes over to other settings; `policy` is the file of policies that they name.
    func replace(with settings: IntegrationSettings, policy: PolicyFile?) async {
        live.replace(with: settings)
        policies.replace(with: policy)
    }

    /// Ends what runs.
    func shutdown() async { await outside.shutdown() }
}

/// A policy file that may be exchanged for another.
final class SwitchedPolicies: PolicySource {
    private let file: Mutex<PolicyFile?>

    init(_ file: PolicyFile?) {
        self.file = Mutex(file)
    }

    /// The policies of the file there is; nil without one.
    var policies: RolePolicies? { file.withLock { $0 }?.policies }

    /// Takes another file.
    func replace(with file: PolicyFile?) {
        self.file.withLock { $0 = file }
    }
}
