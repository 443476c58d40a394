import StepwellEngine
import StepwellJSON

/// A service that Step Functions has an optimised integration with.
package struct IntegratedService: Sendable {
    /// The service as resources spell it: `events`.
    let type: String
    /// The service as SDK integrations spell it: `eventbridge`.
    let service: String
    /// What its errors begin with: `EventBridge`.
    let errorPrefix: String
    /// The error for what the service's model has no error for: `AmazonSQSException`, the class of
    /// version 1 of the SDK for Java.
    let generalError: String
    /// What that SDK calls the service in messages: `AmazonDynamoDBv2`.
    let clientName: String
    /// Whether results have `SdkHttpMetadata` and `SdkResponseMetadata`.
    var showsMetadata = false
    /// The members of descriptions that are times: milliseconds in results.
    var times: Set<String> = []
    /// The members that are spelled otherwise than by SDK integrations, by their names there.
    var names: [String: String] = [:]
    let actions: [ServiceAction]

    /// The action of a name in resources.
    func action(_ name: String) -> ServiceAction? {
        actions.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}

/// What a resource asks for: an action of a service, and how it is waited for.
struct IntegratedWork: Sendable {
    let service: IntegratedService
    let action: ServiceAction
    let pattern: IntegrationPattern

    /// The work of a resource; nil when no service here does it.
    init?(_ resource: String) {
        guard let parts = IntegrationResource(resource),
            let service = IntegratedServices.all[parts.type],
            let action = service.action(parts.action), action.patterns.contains(parts.pattern)
        else { return nil }
        self.service = service
        self.action = action
        pattern = parts.pattern
    }
}
