/// Why an action of an AWS service has no result.
package enum AWSFault: Error, Sendable {
    /// The service answered with an error.
    case service(ServiceFault)
    /// The parameters do not fit the action's model; what is wrong.
    case parameters(String)
    /// No answer came from the endpoint.
    case unreachable(endpoint: String, TransportFault)
    /// The credentials that are there cannot be had, or the role cannot be assumed; why.
    case credentials(String)
    /// There is nothing to make calls with, and there never was: no credentials anywhere; what was
    /// tried and what can be done.
    case unserved(String)
    /// There is no model of the service, or it has no such action; what to do about it.
    case unknownAction(String)
    /// The rules of this engine do not allow the call; which rule.
    case forbidden(String)
    /// The task was cancelled.
    case cancelled
}

/// An error that an AWS service answered.
package struct ServiceFault: Error, Sendable, Hashable {
    /// The error's code as the service gives it, without namespace: `ResourceNotFoundException`.
    package var code: String
    package var message: String
    /// The HTTP status.
    package var status: Int
    package var requestID: String?
    /// S3's second id of the request.
    package var extendedRequestID: String?
    /// The name of the exception's shape in the service's model; nil when it has none for the
    /// code.
    package var shape: String?
    /// How many times the call was made.
    package var attempts: Int

    package init(
        code: String,
        message: String,
        status: Int,
        requestID: String? = nil,
        attempts: Int = 1
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.attempts = attempts
    }
}
