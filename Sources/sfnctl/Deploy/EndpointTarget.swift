import StepwellEngine
import StepwellJSON

/// A server.
struct EndpointTarget: DeploymentTarget {
    private let client: ServiceClient

    /// The server at an endpoint.
    init(endpoint: Endpoint) {
        client = ServiceClient(endpoint: endpoint)
    }

    func call(
        _ service: String,
        _ operation: String,
        _ body: JSONObject
    ) async throws -> JSONObject {
        try await client.call(operation, body, of: ServiceClient.Service(deployment: service))
    }

    func end() async {}
}

extension ServiceClient.Service {
    /// The service that a deployment calls by its short name.
    init(deployment name: String) {
        self =
            switch name {
            case "events": .events
            case "scheduler": .scheduler
            case "triggers": .triggers
            default: .stepFunctions
            }
    }
}
