import NIOHTTP1

extension HTTPRequestHead {
    /// Whether the request offers to go on in another protocol, as Java's `HttpClient` does with
    /// HTTP/2 in every request to an `http` address.
    ///
    /// The offer may be ignored (RFC 9110, 7.8), but NIO's decoder reads nothing that follows such
    /// a request: the connection ends with the answer to it.
    var offersAnotherProtocol: Bool {
        method == .CONNECT
            || headers.contains(name: "upgrade")
                && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
    }
}
