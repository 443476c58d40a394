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
    /// Who does tasks, in the order in which they are asked.
    let connectors: [any TaskConnector]
    /// What reads the items of distributed Maps, and writes their results.
    let itemSource: ObjectItemSource
    let resultTarget: ObjectResultTarget
    private let policies: SwitchedPolicies
    private let functions: FunctionHost
    let client: AWSClient
    private let jobs: LocalJobs
    private let transport: PooledTransport

    /// Makes everything that the settings want; nothing runs yet: functions do when they are
    /// called.
    init(
        _ settings: IntegrationSettings,
        policy: PolicyFile? = nil,
        region: String,
        account: String,
        clock: any EngineClock = SystemClock(),
        logger: Logger
    ) {
        let live = LiveSettings(settings)
        self.live = live
        policies = SwitchedPolicies(policy)
        permissions = TaskPolicy(policies, region: region, account: account)
        functions = FunctionHost(region: region, account: account, logger: logger)
        functions.update(settings.functions)
        let client = AWSClient(settings: live, defaultRegion: region)
        self.client = client
        jobs = LocalJobs(
            runner: ProcessCommandRunner(),
            live: live,
            clock: clock,
            logger: logger
        )
        let services = LocalRunnerServices(
            jobs: jobs,
            live: live,
            region: region,
            account: account,
            aws: client
        )
        let stores = ObjectStores(settings: live, fallback: S3Store(client))
        let objects = ObjectPermissions(policies, region: region, account: account)
        itemSource = ObjectItemSource(stores, permissions: objects)
        resultTarget = ObjectResultTarget(stores, permissions: objects)
        let transport = PooledTransport { OutgoingRules(live.current.outgoing) }
        self.transport = transport
        connectors = [
            LambdaConnector(functions: functions, aws: services),
            HTTPTaskConnector(transport: transport, settings: live, region: region),
            Self.gateway(client, transport, region),
            LocalRunnerConnector(services, before: ServiceConnector(aws: services, logger: logger)),
            SDKConnector(aws: services),
            ConfigurationAdvice(live: live, aws: services),
        ]
    }

    /// Makes what a configuration file wants, with what the command line adds, once its functions
    /// are known to be there; `policy` is a file of policies in the place of the file's own.
    convenience init(
        of file: ConfigurationFile,
        policy: String? = nil,
        region: String,
        account: String,
        logger: Logger
    ) async throws {
        try await FunctionHost.check(file.integrations.functions, region: region, account: account)
        self.init(
            file.integrations,
            policy: try (policy ?? file.server.policy).map {
                try PolicyFile(path: $0, logger: logger)
            },
            region: region,
            account: account,
            logger: logger
        )
    }

    /// Gives an engine what its tasks use.
    func apply(to configuration: inout EngineConfiguration) {
        configuration.permissions = permissions
        configuration.integrations = connectors
        configuration.itemSource = itemSource
        configuration.resultTarget = resultTarget
    }

    /// API Gateway's APIs, called as a role where a task says so.
    private static func gateway(
        _ client: AWSClient,
        _ transport: PooledTransport,
        _ region: String
    ) -> APIGatewayConnector {
        APIGatewayConnector(transport: transport, region: region) {
            request,
            service,
            region,
            role,
            machine throws(AWSFault) in
            try await client.sign(
                request,
                service: service,
                region: region,
                roleARN: role,
                externalID: machine
            )
        }
    }

    /// Goes over to other settings; `policy` is the file of policies that they name.
    func replace(with settings: IntegrationSettings, policy: PolicyFile?) async {
        live.replace(with: settings)
        policies.replace(with: policy)
        functions.update(settings.functions)
    }

    /// Ends what runs; nothing of it is left then.
    func shutdown() async {
        await functions.shutdown()
        await jobs.shutdown()
        await client.shutdown()
        try? await transport.shutdown()
    }
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
