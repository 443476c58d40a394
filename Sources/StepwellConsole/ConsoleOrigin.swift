import StepwellEngine
import StepwellServer

/// Tells requests of the console's own page from those that other pages have a browser send.
enum ConsoleOrigin {
    /// - Throws: `ForbiddenException` for what another page may have sent.
    static func check(_ request: ServiceRequest) throws(ServiceError) {
        // Browsers say themselves who sent a request; others say nothing.
        for site in request.headerValues("sec-fetch-site")
        where site != "same-origin" && site != "none" {
            throw ConsoleRefusal.foreign("Pages of other servers may not ask the console.")
        }
        let origins = request.headerValues("origin")
        for origin in origins where !isOwn(origin, request) {
            throw ConsoleRefusal.foreign("Pages of '\(origin)' may not ask the console.")
        }
        guard request.method != "GET" && request.method != "HEAD" else { return }
        guard origins.count == 1 else {
            throw ConsoleRefusal.foreign("The request has no header field Origin.")
        }
        guard request.headerValues("x-stepwell-console") == ["1"] else {
            throw ConsoleRefusal.foreign("The request has no header field X-Stepwell-Console: 1.")
        }
    }

    /// Whether an origin is that of the host which the request names.
    private static func isOwn(_ origin: String, _ request: ServiceRequest) -> Bool {
        let origin = origin.lowercased()
        return request.hosts.contains { host in
            let host = host.lowercased()
            return origin == "http://\(host)" || origin == "https://\(host)"
        }
    }

    /// Whether the page was reached through TLS: its server, a proxy or its own origin says so.
    static func isSecure(_ request: ServiceRequest) -> Bool {
        request.isSecure
            || request.headerValues("origin").contains { $0.lowercased().hasPrefix("https://") }
    }
}
