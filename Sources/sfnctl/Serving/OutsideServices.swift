import Logging
import StepwellEngine
import StepwellIntegrations

/// What tasks use outside of the engine: AWS's services, and APIs.
struct OutsideServices: Sendable {
    private let client: AWSClient
    private let transport: PooledTransport
    /// In the order in which they are asked.
    let connectors: [any TaskConnector]

    /// Everything that settings allow, for a server of a region.
    init(_ settings: LiveSettings, region: String, logger: Logger) {
        let client = AWSClient(settings: settings, defaultRegion: region)
        let transport = PooledTransport { OutgoingRules(settings.current.outgoing) }
        self.client = client
        self.transport = transport
        connectors = [
            HTTPTaskConnector(transport: transport, settings: settings, region: region),
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
            },
            ServiceConnector(aws: client, logger: logger),
            SDKConnector(aws: client),
        ]
    }

    /// Closes the connections.
    func shutdown() async {
        await client.shutdown()
        try? await transport.shutdown()
    }
}
