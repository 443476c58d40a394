/// Makes calls of AWS services.
package protocol AWSCalling: Sendable {
    /// Whether there is a model of the action to make calls by.
    func knows(service: String, action: String) -> Bool

    /// Whether there may be such an action: cheap, and never wrong when it says no.
    func mayKnow(service: String, action: String) -> Bool

    /// The name that the SDK's client of a service has, `DynamoDb`, as error names begin; nil when
    /// it is not known.
    func clientName(service: String, action: String) -> String?

    /// What has to be done before calls of a service can be made, in a sentence; nil when nothing
    /// is known to stand in their way.
    func hindrance(service: String) -> String?

    /// Makes a call, again where that is safe; cancelling the task gives it up.
    func call(_ call: AWSCall) async throws(AWSFault) -> AWSAnswer
}

extension AWSCalling {
    package func mayKnow(service: String, action: String) -> Bool {
        knows(service: service, action: action)
    }

    package func clientName(service: String, action: String) -> String? { nil }

    package func hindrance(service: String) -> String? { nil }
}
