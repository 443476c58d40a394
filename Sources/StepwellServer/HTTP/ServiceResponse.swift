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

    /// A success in the protocol's encoding.
    package init(json body: [UInt8], status: Int = 200) {
        self.status = status
        self.contentType = "application/x-amz-json-1.0"
        self.body = body
    }

    /// An error in the protocol's encoding; the status follows from the code.
    package init(_ error: ServiceError) {
        var fields = ResponseFields()
        fields.add("__type", error.code)
        fields.add("message", error.message)
        if let reason = error.reason { fields.add("reason", reason) }
        fields.add("resourceName", error.resourceName)
        self.init(json: fields.finished(), status: Self.status(of: error.code))
    }

    /// The HTTP status of an exception: the service model's where it names one, else 400.
    private static func status(of code: String) -> Int {
        switch code {
        case "ConflictException": 409
        case "ServiceQuotaExceededException": 402
        case "RequestEntityTooLarge": 413
        case "UnsupportedMediaType": 415
        case "NotFound": 404
        case "MethodNotAllowed": 405
        case "InternalServerError": 500
        case "ServiceUnavailable": 503
        default: 400
        }
    }
}
