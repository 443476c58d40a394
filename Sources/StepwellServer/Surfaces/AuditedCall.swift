package import StepwellJSON

/// What an audit log says of a request that a ``ServedSurface`` has answered.
package struct AuditedCall: Sendable {
    /// The service, as CloudTrail names it: `events.amazonaws.com`.
    package var source: String
    /// The operation, `PutRule`.
    package var name: String
    /// What was asked, without secrets and payloads.
    package var parameters: JSONObject
    /// Who asked, when the surface knows them itself: an access key, the name of an API key.
    package var caller: String?

    /// A call of a service's operation.
    package init(
        source: String,
        name: String,
        parameters: JSONObject = JSONObject(),
        caller: String? = nil
    ) {
        self.source = source
        self.name = name
        self.parameters = parameters
        self.caller = caller
    }
}
