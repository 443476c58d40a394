/// Which hosts and addresses may be called.
///
/// Names are judged before the call, addresses when the connection is there and nothing is sent
/// yet: so a name that leads to a forbidden address is refused as that address is.
package struct OutgoingRules: Sendable {
    private var allow: [HostPattern]?
    private var deny: [HostPattern]
    private var exceptions: [HostPattern]
    private var refusesLinkLocal = true

    /// Link-local addresses, which is where clouds have their metadata, and those of clouds that
    /// have it elsewhere.
    private static let metadata = [
        "169.254.0.0/16", "fe80::/10", "fd00:ec2::/32", "100.100.100.200/32", "168.63.129.16/32",
        "192.0.0.192/32",
    ].compactMap(HostPattern.init)

    /// The rules of settings; a pattern that cannot be read allows nothing and denies nothing,
    /// which is why the settings' reader refuses it.
    package init(_ settings: OutgoingRulesSettings = OutgoingRulesSettings()) {
        allow = settings.allow.map { $0.compactMap(HostPattern.init) }
        deny = settings.deny.compactMap(HostPattern.init)
        exceptions = settings.allowLinkLocal.compactMap(HostPattern.init)
    }

    /// The rules of the calls that look for credentials on this machine or its cloud: everything.
    static let credentials: OutgoingRules = {
        var rules = OutgoingRules()
        rules.refusesLinkLocal = false
        return rules
    }()

    /// Whether a text can be a pattern of the settings.
    package static func isPattern(_ text: String) -> Bool { HostPattern(text) != nil }

    /// Why a host may not be called, in words; nil when it may.
    package func refusal(host: String, port: Int) -> String? {
        if deny.contains(where: { $0.matches(host: host, port: port) }) {
            return "calls to \(host) are denied"
        }
        if let allow, !allow.contains(where: { $0.matches(host: host, port: port) }) {
            return "calls to \(host):\(port) are not allowed: it is not among the allowed hosts"
        }
        return NetworkAddress(host).flatMap { refusal($0, host: host, port: port) }
    }

    /// Why no connection may lead to an address, in words; nil when it may.
    package func refusal(address: String, port: Int) -> String? {
        guard let parsed = NetworkAddress(address) else { return nil }
        return refusal(parsed, host: address, port: port)
    }

    private func refusal(_ address: NetworkAddress, host: String, port: Int) -> String? {
        if let embedded = address.embedded,
            let refusal = refusal(embedded, host: host, port: port)
        {
            return refusal
        }
        if deny.contains(where: { $0.matches(address, port: port) }) {
            return "calls to the address \(host) are denied"
        }
        let isMetadata = Self.metadata.contains { $0.matches(address, port: port) }
        guard refusesLinkLocal, isMetadata else { return nil }
        if exceptions.contains(where: { $0.matches(address, port: port) }) { return nil }
        return "calls to link-local and metadata addresses are not allowed (\(host))"
    }
}
