/// A request to a service outside, whole in memory.
package struct OutgoingRequest: Sendable {
    /// The method, as it is sent.
    package var method: String
    /// The absolute URL, with its query, percent-encoded.
    package var url: String
    /// The headers in the order in which they are sent; `Host` and `Content-Length` are the
    /// transport's.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// How long the whole exchange may take.
    package var timeout: Duration
    /// The largest body that is read of the answer, in bytes; a larger one fails the exchange.
    package var maximumAnswerBytes: Int

    package init(
        method: String,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        timeout: Duration = .seconds(60),
        maximumAnswerBytes: Int = 8 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumAnswerBytes = maximumAnswerBytes
    }
}
