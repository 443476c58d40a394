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
        guard Self.isHost(name) else { return nil }
        host = String(name)
        query = ""
        if let mark = tail.firstIndex(of: "?") {
            query = String(tail[tail.index(after: mark)...])
            tail = tail[..<mark]
        }
        path = tail.isEmpty ? "/" : String(tail)
    }

    /// Whether a text can only be understood as one host: an address in brackets, or a name without
    /// escapes, so that whoever reads the URL after this finds the same.
    private static func isHost(_ name: Substring) -> Bool {
        if name.utf8.first == UInt8(ascii: "[") {
            return name.utf8.last == UInt8(ascii: "]") && NetworkAddress(String(name)) != nil
        }
        return !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// What is said of a text that is no such URL.
    static func problem(_ url: String) -> String {
        guard let scheme = URLText.scheme(url) else { return "the URL has no scheme" }
        guard ["http", "https"].contains(scheme) else {
            return "the URL's scheme is \(scheme): only http and https are called"
        }
        return "the URL cannot be read: it names a user, or no host, or one that is not a name in "
            + "ASCII and no address"
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
