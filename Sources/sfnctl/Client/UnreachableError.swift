import StepwellIntegrations

/// No server answered.
struct UnreachableError: Error, CustomStringConvertible {
    let endpoint: Endpoint
    /// Why, in words.
    let reason: String

    init(endpoint: Endpoint, reason: String) {
        self.endpoint = endpoint
        self.reason = reason
    }

    /// What a transport says of an exchange.
    init(endpoint: Endpoint, _ fault: TransportFault) {
        self.init(endpoint: endpoint, reason: fault.description)
    }

    /// Where, and why.
    var description: String { "no server can be reached at \(endpoint): \(reason)" }
}
