/// What a rule about outgoing calls speaks of: a name, the names below a domain, an address or a
/// network, each with a port or with any.
struct HostPattern: Sendable, Hashable {
    private enum Subject: Sendable, Hashable {
        case name(String)
        case domain(String)
        case network(NetworkAddress, length: Int)
    }

    private let subject: Subject
    private let port: Int?

    /// Reads `name`, `name:port`, `*.domain`, an address, `[address]:port`, or `10.0.0.0/8`; nil
    /// when the text is none of them.
    init?(_ text: String) {
        var text = text.lowercased()
        if let network = Self.network(text) {
            subject = network
            port = nil
            return
        }
        var port: Int?
        let colons = text.utf8.filter { $0 == UInt8(ascii: ":") }.count
        if let colon = text.lastIndex(of: ":"), colons == 1 || text.hasPrefix("["),
            !text[colon...].contains("]")
        {
            guard let number = UInt16(text[text.index(after: colon)...]) else { return nil }
            port = Int(number)
            text = String(text[..<colon])
        }
        self.port = port
        if text.utf8.last == UInt8(ascii: "."), text.utf8.count > 1 { text.removeLast() }
        if let address = NetworkAddress(text) {
            subject = .network(address, length: address.bytes.count * 8)
        } else if text.hasPrefix("*.") {
            subject = .domain(String(text.dropFirst()))
        } else {
            guard !text.isEmpty, !text.contains("/"), !text.contains("*"), !text.contains(":")
            else { return nil }
            subject = .name(text)
        }
    }

    private static func network(_ text: String) -> Subject? {
        guard let slash = text.lastIndex(of: "/"),
            let address = NetworkAddress(String(text[..<slash])),
            let length = Int(text[text.index(after: slash)...]),
            (0...address.bytes.count * 8).contains(length)
        else { return nil }
        return .network(address, length: length)
    }

    /// Whether a host, as a URL names it, is meant.
    func matches(host: String, port: Int) -> Bool {
        guard self.port == nil || self.port == port else { return false }
        var host = host.lowercased()
        // The root's dot says nothing.
        if host.utf8.last == UInt8(ascii: "."), host.utf8.count > 1 { host.removeLast() }
        switch subject {
        case .name(let name): return host == name
        case .domain(let suffix): return host.hasSuffix(suffix)
        case .network: return NetworkAddress(host).map { matches($0, port: port) } ?? false
        }
    }

    /// Whether an address that a connection goes to is meant.
    func matches(_ address: NetworkAddress, port: Int) -> Bool {
        guard case .network(let network, let length) = subject else { return false }
        return (self.port == nil || self.port == port) && address.isIn(network, length: length)
    }
}
