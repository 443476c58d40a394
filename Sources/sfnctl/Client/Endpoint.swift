import ArgumentParser
import StepwellIntegrations

/// The address of a server, from a URL `http[s]://HOST[:PORT]`.
struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// Scheme, host, and the port unless it is the scheme's own.
    let description: String

    /// Where `sfnctl serve` listens unless it is told otherwise.
    static let standard = Endpoint(origin: "http://127.0.0.1:8083")

    private init(origin: String) {
        description = origin
    }

    /// Reads a URL; nil when it is not of that form.
    init?(_ url: String) {
        guard let parts = URLParts(url), parts.path == "/", parts.query.isEmpty,
            !url.utf8.contains(UInt8(ascii: "?")), !url.utf8.contains(UInt8(ascii: "#"))
        else { return nil }
        description = parts.origin
    }
}

extension Endpoint: ExpressibleByArgument {
    /// Reads `http[s]://HOST[:PORT]`.
    init?(argument: String) {
        self.init(argument)
    }
}
