import NIOCore
import NIOHTTP1
package import StepwellEngine

/// A request that a connection answered by itself: no router has seen it.
package struct RefusedRequest: Sendable {
    /// As much of the request as is known; of what is no HTTP, only where it came from.
    package var request: ServiceRequest
    /// What its sender is told.
    package let error: ServiceError
    /// The HTTP status, where it does not follow from the error.
    private let status: Int?

    /// A request with the head given, if it had one.
    init(
        _ head: HTTPRequestHead?,
        from peer: String?,
        error: ServiceError,
        status: Int? = nil
    ) {
        var request =
            head.map { ServiceRequest($0, body: ByteBuffer()) }
            ?? ServiceRequest(method: "", uri: "", contentType: nil)
        request.peer = peer
        self.request = request
        self.error = error
        self.status = status
    }

    /// The answer to it, under the request's name.
    var response: ServiceResponse {
        var response = ServiceResponse(error)
        response.requestID = request.id
        if let status { response.status = status }
        return response
    }

    /// The answer as text, for a connection on which no HTTP is spoken yet.
    var text: String {
        let response = response
        let status = HTTPResponseStatus(statusCode: response.status)
        return "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n"
            + "Date: \(HTTPDate.text(of: SystemClock().now()))\r\n"
            + "x-amzn-RequestId: \(request.id)\r\nContent-Type: \(response.contentType)\r\n"
            + "Content-Length: \(response.body.count)\r\nConnection: close\r\n\r\n"
            + String(decoding: response.body, as: UTF8.self)
    }
}

/// Called with every request that a connection refuses, once it is decided.
package typealias RefusalNote = @Sendable (RefusedRequest) -> Void
