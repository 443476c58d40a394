/// The parts of an absolute URL of http or https.
package struct URLParts: Sendable, Hashable {
    package var scheme: String
    /// The host; an address of IPv6 in its brackets.
    package var host: String
    package var port: Int
    /// The path, `/` at least.
    package var path: String
    /// What is behind the `?`; empty without.
    package var query: String

    /// Reads a URL; nil when it is no such one, or names a user.
    package init?(_ url: String) {
        let lowercase = url.lowercased()
        guard let scheme = ["http", "https"].first(where: { lowercase.hasPrefix($0 + "://") })
        else { return nil }
        self.scheme = scheme
        let rest = url.dropFirst(scheme.count + 3).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        var tail = rest[authority.endIndex...]
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        port = scheme == "https" ? 443 : 80
        var name = authority
        if let last = authority.lastIndex(of: ":"), !authority[last...].contains("]") {
            guard let number = UInt16(authority[authority.index(after: last)...]), number > 0
            else { return nil }
            port = Int(number)
            name = authority[..<last]
        }
        guard !name.isEmpty else { return nil }
        host = String(name)
        query = ""
        if let mark = tail.firstIndex(of: "?") {
            query = String(tail[tail.index(after: mark)...])
            tail = tail[..<mark]
        }
        path = tail.isEmpty ? "/" : String(tail)
    }

    /// The host as the header `Host` names it: with the port unless it is the scheme's own.
    package var hostHeader: String {
        port == (scheme == "https" ? 443 : 80) ? host : "\(host):\(port)"
    }

    /// Scheme, host and port.
    package var origin: String { "\(scheme)://\(hostHeader)" }

    /// The URL as a whole.
    package var url: String { origin + path + (query.isEmpty ? "" : "?" + query) }
}
