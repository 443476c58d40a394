/// How the server listens, and what it puts up with.
package struct ServerConfiguration: Sendable {
    /// The address it binds to.
    package var host = "127.0.0.1"
    /// The port; 0 lets the system choose one.
    package var port = 8083
    /// The largest request body, in bytes; AWS takes 1 MiB, and JSON's escapes need some slack.
    package var maximumBodyBytes = 1_048_576 + 65_536
    /// The largest body of a request to an event bus: 1 MiB of entries, which are counted without
    /// JSON's escapes, and those can double it.
    package var maximumEventBytes = 2 * 1_048_576 + 65_536
    /// Connections that are open at once; one more is answered with status 503.
    package var maximumConnections = 10_000
    /// Milliseconds a connection may stay without a complete request head.
    package var idleMilliseconds: Int64 = 75_000
    /// Milliseconds a request's body may take to arrive.
    package var bodyMilliseconds: Int64 = 30_000
    /// Milliseconds in which a client has to take a piece of its answer, 128 KiB.
    package var answerMilliseconds: Int64 = 30_000
    /// The bytes of requests that are held for all connections together, and as many of answers.
    package var maximumBytesInFlight = 128 << 20
    /// Milliseconds that a client may stand still while those bytes are all held.
    package var patienceMilliseconds: Int64 = 2000
    /// Which hosts and origins are answered.
    package var hosts = HostRules.any
    /// The proxies that are believed when they say whose requests they pass on.
    package var proxies = TrustedProxies()
    /// What it speaks TLS with; nil when it speaks plain HTTP.
    package var tls: TLSIdentity?
    /// Milliseconds that running requests are given to finish when the server stops.
    package var drainMilliseconds: Int64 = 8000
    /// How long before the end of that time what runs a workflow is asked to say how it stands; at
    /// most half of it.
    package var lastCallMilliseconds: Int64 = 500
    /// Threads that serve connections.
    package var threads = 1

    package init() {}

    /// Makes room in a request for payloads of a size; JSON's escapes can double it.
    package mutating func allow(payloadBytes: Int) {
        maximumBodyBytes = max(maximumBodyBytes, 2 * payloadBytes + 65_536)
        maximumBytesInFlight = max(maximumBytesInFlight, 16 * maximumBodyBytes)
    }
}
