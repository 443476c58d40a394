/// The address of a server, from a URL `http://HOST[:PORT]`.
package struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    package let host: String
    package let port: Int

    /// Reads a URL; nil when it is not of that form (https is not spoken yet).
    package init?(_ url: String) {
        let scheme = "http://"
        guard url.utf8.starts(with: scheme.utf8) else { return nil }
        var rest = Substring(url.dropFirst(scheme.count))
        if rest.last == "/" { rest.removeLast() }
        guard !rest.isEmpty, !rest.contains("/"), !rest.contains("?") else { return nil }
        var port = 80
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") {
            guard let given = UInt16(rest[rest.index(after: colon)...]), given > 0 else {
                return nil
            }
            port = Int(given)
            rest = rest[..<colon]
        }
        if rest.first == "[", rest.last == "]" { rest = rest.dropFirst().dropLast() }
        guard !rest.isEmpty else { return nil }
        host = String(rest)
        self.port = port
    }

    /// The address as a URL.
    package var description: String {
        host.utf8.contains(UInt8(ascii: ":"))
            ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }
}
