package import StepwellEngine
import StepwellJSON

/// What the router answers.
package struct ServiceResponse: Sendable {
    /// The HTTP status.
    package var status: Int
    package var contentType: String
    package var body: [UInt8]
    /// Further header fields.
    package var headers: [(name: String, value: String)] = []
    /// The request's name; nil lets the server draw one.
    package var requestID: String?
    /// Called when the response could not be written to its client, if that is to be undone.
    package var undelivered: (@Sendable () -> Void)?
    /// What comes in the place of `body`, bit by bit.
    package var stream: ResponseStream?
    /// The access key of who asked, when a surface found out by itself.
    package var caller: String?
    /// What an audit log says of the request, if a surface wants it to.
    package var audited: AuditedCall?

    /// A success in the protocol's encoding.
    package init(json body: [UInt8], status: Int = 200) {
        self.status = status
        self.contentType = "application/x-amz-json-1.0"
        self.body = body
    }

    /// An error in the protocol's encoding; the status follows from the code.
    package init(_ error: ServiceError) {
        var fields = ResponseFields()
        fields.add("__type", error.code.rawValue)
        fields.add("message", error.message)
        if let reason = error.reason { fields.add("reason", reason) }
        fields.add("resourceName", error.resourceName)
        self.init(json: fields.finished(), status: error.httpStatus)
    }
}
