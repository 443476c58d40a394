/// A request as the router sees it: what matters of the head, and the whole body.
package struct ServiceRequest: Sendable {
    package var method: String
    /// The path with its query, as sent.
    package var uri: String
    /// `X-Amz-Target`: `AWSStepFunctions.` and the operation.
    package var target: String?
    package var contentType: String?
    package var contentEncoding: String?
    package var body: [UInt8]

    package init(
        method: String = "POST",
        uri: String = "/",
        target: String? = nil,
        contentType: String? = "application/x-amz-json-1.0",
        contentEncoding: String? = nil,
        body: [UInt8] = []
    ) {
        self.method = method
        self.uri = uri
        self.target = target
        self.contentType = contentType
        self.contentEncoding = contentEncoding
        self.body = body
    }

    /// Whether the answer may be long in coming because it waits for work, not because the server
    /// is busy; such a request is given up when the server stops.
    var isLongPoll: Bool {
        target?.utf8.elementsEqual("AWSStepFunctions.GetActivityTask".utf8) ?? false
    }
}
