import NIOHTTP1
import StepwellEngine

/// Which names a server answers to, and whose web pages may ask it.
///
/// A server that asks nobody who they are, on loopback because the machine's own users are trusted,
/// is still reached by their browsers: a page whose host's name was bound to 127.0.0.1 anew is of
/// the server's origin to them. Its requests name the page's host, and are told by it.
package struct HostRules: Sendable {
    /// The names in lower case; nil is any.
    private let names: Set<String>?
    /// Whether a browser's request has to come from a page of the server's own.
    private let checksOrigin: Bool

    /// Whether a page of another origin may send a request all the same: by origin, method and
    /// target; nil lets none.
    package var allowsPage: (@Sendable (String, String, String) -> Bool)?

    private init(names: Set<String>?, checksOrigin: Bool) {
        self.names = names
        self.checksOrigin = checksOrigin
    }

    /// Any host and origin: who may ask is decided by signatures.
    package static let any = HostRules(names: nil, checksOrigin: false)

    /// The names of loopback, and others; pages of the server's own.
    package static func loopback(and names: [String]) -> HostRules {
        HostRules(names: Set(names.map(Self.name)), checksOrigin: true)
    }

    /// Any host when no names are given, else those and loopback; pages of the server's own.
    package static func anonymous(_ names: [String]) -> HostRules {
        names.isEmpty ? HostRules(names: nil, checksOrigin: true) : .loopback(and: names)
    }

    /// Whether an address or name is this machine's own: `localhost`, `::1`, `127.0.0.0/8`.
    package static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host) { return true }
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { UInt8(String(decoding: $0, as: UTF8.self)) }
        return parts.count == 4 && numbers.count == 4 && numbers.first == 127
    }

    /// Why a request is not answered, which came by a proxy for `forwardedHost`, if that said so;
    /// nil when it is.
    func problem(of head: HTTPRequestHead, for forwardedHost: String? = nil) -> ServiceError? {
        let hosts = head.headers["host"]
        guard hosts.count <= 1 else {
            return Self.malformed("The request has \(hosts.count) header fields Host.")
        }
        guard !hosts.isEmpty || head.version.minor == 0 else {
            return Self.malformed("The request has no header field Host.")
        }
        // A comma is what proxies make of two fields; no host has any of these.
        if let host = hosts.first, host.utf8.contains(where: { ", \t/?#@".utf8.contains($0) }) {
            return Self.malformed("The request's header field Host is not the name of a host.")
        }
        // What a page can write in addition opens nothing: every name has to be allowed.
        let asked = hosts + Self.authorities(in: head.uri) + (forwardedHost.map { [$0] } ?? [])
        for host in asked where !isAllowed(host) {
            let name = Self.name(host)
            return Self.forbidden(
                "This server does not answer for the host '\(name)'; it does when started "
                    + "with --allow-host \(name)."
            )
        }
        guard checksOrigin else { return nil }
        let own = asked.flatMap { ["http://\($0.lowercased())", "https://\($0.lowercased())"] }
        for origin in head.headers["origin"] where !own.contains(origin.lowercased()) {
            if allowsPage?(origin, head.method.rawValue, head.uri) == true { continue }
            return Self.forbidden("Pages of '\(origin)' may not ask this server.")
        }
        return nil
    }

    private func isAllowed(_ host: String) -> Bool {
        guard let names else { return true }
        let name = Self.name(host)
        // AWS's clients put this before the host for the operations that wait.
        let plain = name.hasPrefix("sync-") ? String(name.dropFirst(5)) : name
        return [name, plain].contains { names.contains($0) || Self.isLoopback($0) }
    }

    /// The name in `NAME`, `NAME:PORT` or `[ADDRESS]:PORT`, in lower case.
    private static func name(_ host: String) -> String {
        var name = host.lowercased().utf8[...]
        if name.first == UInt8(ascii: "["), let end = name.firstIndex(of: UInt8(ascii: "]")) {
            return String(Substring(name[name.index(after: name.startIndex)..<end]))
        }
        if let colon = name.firstIndex(of: UInt8(ascii: ":")),
            colon == name.lastIndex(of: UInt8(ascii: ":"))
        {
            name = name[..<colon]
        }
        if name.last == UInt8(ascii: ".") { name = name.dropLast() }
        return String(Substring(name))
    }

    /// The host that a target in absolute form names, which stands above `Host` (RFC 9112, 3.2.2).
    private static func authorities(in uri: String) -> [String] {
        for scheme in ["http://", "https://"] where uri.lowercased().hasPrefix(scheme) {
            let rest = uri.utf8.dropFirst(scheme.utf8.count)
            return [String(Substring(rest.prefix { !"/?#".utf8.contains($0) }))]
        }
        return []
    }

    private static func malformed(_ message: String) -> ServiceError {
        ServiceError(code: "BadRequestException", message: message)
    }

    private static func forbidden(_ message: String) -> ServiceError {
        ServiceError(code: "ForbiddenException", message: message)
    }
}
