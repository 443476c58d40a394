import StepwellEngine

/// A request as the router sees it: its head, and the whole body.
package struct ServiceRequest: Sendable {
    package var method: String
    /// The path with its query, as sent.
    package var uri: String
    /// `X-Amz-Target`: `AWSStepFunctions.` and the operation.
    package var target: String?
    package var contentType: String?
    package var contentEncoding: String?
    /// Every header field in the order sent.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// The address that the request came from, by the word of a proxy that is trusted; nil when it
    /// came from none.
    package var peer: String?
    /// The address of the trusted proxy that passed it on; nil when none did.
    package var proxy: String?
    /// Whether its sender spoke TLS: to the server, or to that proxy.
    package var isSecure = false
    /// The host that the proxy was asked for; nil when it did not say.
    package var forwardedHost: String?
    /// The access key that signed it, or that its sender signed in with; nil when nobody asked.
    package var caller: String?
    /// Whether that key may only ask for what is there.
    package var isReadOnly = false
    /// What passed it on for a person, such as `console`; nil when its sender sent it here.
    package var intermediary: String?
    /// Names the request: `x-amzn-RequestId` of its answer.
    package var id = RequestID.make()

    package init(
        method: String = "POST",
        uri: String = "/",
        target: String? = nil,
        contentType: String? = "application/x-amz-json-1.0",
        contentEncoding: String? = nil,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.uri = uri
        self.target = target
        self.contentType = contentType
        self.contentEncoding = contentEncoding
        self.headers = headers
        self.body = body
    }

    /// Whether the answer may be long in coming because it waits for work, not because the server
    /// is busy; such a request is given up when the server stops.
    var isLongPoll: Bool {
        !isOwn && operationName == "GetActivityTask"
    }

    /// Whether the request changes nothing that is lost with its answer: it can be asked again.
    var isRepeatable: Bool {
        guard let operationName else { return method == "GET" || method == "HEAD" }
        return Self.repeatable.contains { operationName.utf8.starts(with: $0.utf8) }
    }

    private static let repeatable = ["Get", "List", "Describe", "Validate", "TestState"]

    /// The operation that `X-Amz-Target` names; nil when it names none of this service, or the
    /// request goes elsewhere: then it has nothing done, and is not written down as if it had.
    var operationName: String? {
        guard method == "POST", pathAndQuery.path == "/" else { return nil }
        for prefix in ["AWSStepFunctions.", Self.ownPrefix] {
            guard let target, target.utf8.starts(with: prefix.utf8) else { continue }
            return String(target.utf8.dropFirst(prefix.utf8.count))
        }
        return nil
    }

    /// Whether `X-Amz-Target` names one of this product's own operations, ``Operation/own``.
    var isOwn: Bool {
        target?.utf8.starts(with: Self.ownPrefix.utf8) ?? false
    }

    private static let ownPrefix = "Stepwell."

    /// The path, and what is behind its `?`; of a target in absolute form too, as proxies' clients
    /// send it (RFC 9112, section 3.2.2).
    package var pathAndQuery: (path: String, query: String) {
        var target = uri.utf8[...]
        for scheme in ["http://", "https://"] where target.starts(with: scheme.utf8) {
            target = target.dropFirst(scheme.utf8.count).drop { !"/?".utf8.contains($0) }
            if target.first != UInt8(ascii: "/") { target = "/\(Substring(target))".utf8[...] }
            break
        }
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        let query = target.dropFirst(path.count + 1)
        return (String(decoding: path, as: UTF8.self), String(decoding: query, as: UTF8.self))
    }

    /// The hosts that the request was sent to.
    package var hosts: [String] {
        headerValues("host") + (forwardedHost.map { [$0] } ?? [])
    }

    /// The values of a header field, in the order sent; `name` is in lower case.
    package func headerValues(_ name: String) -> [String] {
        headers.filter { Self.isSame($0.name, name) }.map(\.value)
    }

    /// The trace that the request belongs to, as far as its header says so.
    var trace: TraceContext? {
        TraceContext(
            xray: headerValues("x-amzn-trace-id").first,
            traceparent: headerValues("traceparent").first
        )
    }

    private static func isSame(_ sent: String, _ lowercase: String) -> Bool {
        sent.utf8.count == lowercase.utf8.count
            && zip(sent.utf8, lowercase.utf8).allSatisfy { sent, lowercase in
                (65...90).contains(sent) ? sent + 32 == lowercase : sent == lowercase
            }
    }
}
