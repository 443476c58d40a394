package import StepwellEngine
import StepwellJSON

/// Calls AWS services, or what speaks as they do, by their models.
package final class AWSClient: AWSCalling {
    private let settings: LiveSettings
    private let environment: [String: String]
    private let defaultRegion: String
    private let clock: any EngineClock
    private let transport: any HTTPTransport
    private let metadata: any HTTPTransport
    private let owned: [PooledTransport]
    private let cache: CredentialsCache
    private let pause: @Sendable (Double) async throws -> Void
    private let library: ModelLibrary
    private let skew = ClockSkew()

    /// A client.
    ///
    /// - Parameters:
    ///   - settings: region, keys, endpoints, models and rules; asked for each call, save the
    ///     directories of models, which are looked through once.
    ///   - defaultRegion: the region when nothing else names one.
    ///   - environment: what AWS's variables are looked up in.
    ///   - clock: what signatures and the ends of credentials go by.
    package convenience init(
        settings: LiveSettings,
        defaultRegion: String,
        environment: [String: String] = ProcessEnvironment.current,
        clock: any EngineClock = SystemClock()
    ) {
        let transport = PooledTransport { OutgoingRules(settings.current.outgoing) }
        let metadata = PooledTransport(connectTimeout: .seconds(1)) { .credentials }
        self.init(
            settings: settings,
            defaultRegion: defaultRegion,
            environment: environment,
            clock: clock,
            library: ModelLibrary(named: settings.current.aws.models, environment: environment),
            transport: transport,
            metadata: metadata,
            owned: [transport, metadata]
        )
    }

    /// A client over other transports.
    package init(
        settings: LiveSettings,
        defaultRegion: String,
        environment: [String: String],
        clock: any EngineClock,
        library: ModelLibrary,
        transport: any HTTPTransport,
        metadata: any HTTPTransport,
        owned: [PooledTransport] = [],
        pause: @escaping @Sendable (Double) async throws -> Void = {
            try await Task.sleep(for: .milliseconds($0))
        }
    ) {
        self.settings = settings
        self.defaultRegion = defaultRegion
        self.environment = environment
        self.clock = clock
        self.library = library
        self.transport = transport
        self.metadata = metadata
        self.owned = owned
        self.pause = pause
        cache = CredentialsCache(clock: clock)
    }

    /// Closes the connections; the client cannot be used any more.
    package func shutdown() async {
        for transport in owned { try? await transport.shutdown() }
    }

    package func knows(service: String, action: String) -> Bool {
        library.knows(service: service, action: action)
    }

    package func mayKnow(service: String, action: String) -> Bool {
        library.mayKnow(service: service, action: action)
    }

    package func clientName(service: String, action: String) -> String? {
        try? library.operation(service: service, action: action).0.clientName
    }

    /// Says that there are no credentials, as far as that can be known without asking anybody.
    package func hindrance(service: String) -> String? {
        let aws = settings.current.aws
        let names = [
            "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        ]
        let isTold = names.contains { environment[$0].map { !$0.isEmpty } ?? false }
        if aws.accessKeys != nil || aws.profile != nil || isTold { return nil }
        let home = environment["HOME"] ?? ""
        let files = [
            aws.credentialsFile ?? environment["AWS_SHARED_CREDENTIALS_FILE"]
                ?? "\(home)/.aws/credentials",
            aws.configFile ?? environment["AWS_CONFIG_FILE"] ?? "\(home)/.aws/config",
        ]
        let content = SettingsSurroundings.process.content
        if files.contains(where: { content($0) != nil }) { return nil }
        let id = BuiltInModels.model(of: service)?.metadata.serviceID ?? service
        let variable = EndpointResolver.variable(ofService: id)
        return "needs AWS credentials, or \(variable) and any "
            + "credentials (AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test) for an emulator"
    }

    package func call(_ call: AWSCall) async throws(AWSFault) -> AWSAnswer {
        let settings = settings.current
        let exchange = try exchange(settings)
        return try await exchange.make(call) { isRenewed throws(AWSFault) in
            try await self.credentials(for: call, settings.aws, exchange, isRenewed: isRenewed)
        }
    }

    /// Signs a request of another kind for a service: as a role, which is assumed for the state
    /// machine of an ARN, or with the client's own credentials.
    package func sign(
        _ request: OutgoingRequest,
        service: String,
        region: String,
        roleARN: String?,
        externalID: String
    ) async throws(AWSFault) -> OutgoingRequest {
        let settings = settings.current
        var call = AWSCall(service: service, action: "", roleARN: roleARN, region: region)
        call.roleExternalID = externalID
        let exchange = try exchange(settings)
        let credentials = try await credentials(
            for: call,
            settings.aws,
            exchange,
            isRenewed: false
        )
        var signed = request
        AWSSigner(service: service, region: region).sign(
            &signed,
            with: credentials,
            at: clock.now()
        )
        return signed
    }

    private func exchange(_ settings: IntegrationSettings) throws(AWSFault) -> AWSExchange {
        let config = try SharedConfig(settings.aws, environment)
        let endpoints = EndpointResolver(
            settings: settings.aws,
            environment: environment,
            config: config,
            defaultRegion: defaultRegion
        )
        var retries = RetryRules()
        if let attempts = settings.aws.maximumAttempts { retries.maximumAttempts = attempts }
        return AWSExchange(
            library: library,
            transport: transport,
            clock: clock,
            skew: skew,
            endpoints: endpoints,
            retries: retries,
            pause: pause,
            largestAnswer: settings.outgoing.maximumAnswerBytes ?? AWSExchange.usualLargestAnswer
        )
    }

    private func credentials(
        for call: AWSCall,
        _ settings: AWSSettings,
        _ exchange: AWSExchange,
        isRenewed: Bool
    ) async throws(AWSFault) -> AWSCredentials {
        let chain = CredentialsChain(
            settings: settings,
            environment: environment,
            metadata: MetadataCredentials(environment: environment, transport: metadata),
            securityTokens: { call, credentials throws(AWSFault) in
                try await exchange.make(call) { _ throws(AWSFault) in credentials }
            }
        )
        let region = call.region ?? exchange.endpoints.region
        let own = CredentialsCache.Key(settings: settings, region: region)
        var key = own
        key.role = call.roleARN
        key.externalID = call.roleARN == nil ? nil : call.roleExternalID
        if isRenewed { await cache.forget(key) }
        let cache = cache
        let fetchOwn: @Sendable () async throws -> AWSCredentials = {
            do throws(AWSFault) {
                return try await chain.credentials()
            } catch {
                // There were some: their source is away for a while.
                if case .unserved(let text) = error, await cache.has(own) {
                    throw AWSFault.credentials(text)
                }
                throw error
            }
        }
        guard let role = key.role else { return try await cache.credentials(own, fetch: fetchOwn) }
        let externalID = key.externalID
        return try await cache.credentials(key) {
            let source = try await cache.credentials(own, fetch: fetchOwn)
            return try await chain.assume(role, with: source, externalID: externalID)
        }
    }
}
