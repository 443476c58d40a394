import NIOCore
import NIOHTTP1
import NIOSSL
import StepwellEngine

extension ConnectionHandler {
    /// What clients are told that begin with another version, such as HTTP/2's preface.
    static let otherVersion = ServiceError(
        code: "BadRequestException",
        message: "This server speaks HTTP/1.1 only."
    )

    /// Answers a request that no router gets to see.
    func refuse(
        _ error: ServiceError,
        _ head: HTTPRequestHead?,
        status: Int? = nil,
        id: String? = nil,
        keepAlive: Bool,
        context: ChannelHandlerContext
    ) {
        var refusal = RefusedRequest(head, from: client, error: error, status: status)
        if let id { refusal.request.id = id }
        noteRefusal(refusal)
        write(refusal.response, keepAlive: keepAlive, context: context)
    }

    /// Answers what is no HTTP; false when it is not its turn to be answered.
    func refuse(_ error: HTTPParserError, context: ChannelHandlerContext) -> Bool {
        guard isUnanswered else { return false }
        isHead = false
        // The decoder stops at the preface of HTTP/2.
        if error == .paused {
            refuse(Self.otherVersion, nil, status: 505, keepAlive: false, context: context)
            return true
        }
        let isTooLarge = error == .headerOverflow
        let message =
            isTooLarge
            ? "The request's line or header fields are larger than this server takes."
            : "This is not a request of HTTP/1.1: \(error.debugDescription)."
        refuse(
            ServiceError(code: "BadRequestException", message: message),
            unfinished,
            status: isTooLarge ? 431 : 400,
            keepAlive: false,
            context: context
        )
        return true
    }

    /// Writes down that a client did not come to terms about TLS.
    func noteFailedHandshake(_ error: any Error) {
        guard !isWithoutHandshake,
            case .handshakeFailed(.sslError(let stack))? = error as? NIOSSLError
        else { return }
        // Of "Error: NUMBER error:CODE:LIBRARY:FUNCTION:REASON at FILE:LINE" the reason.
        let text = stack.first.map { "\($0)" } ?? "no reason"
        let reason = text.split(separator: " at ").first?.split(separator: ":").last
        let message = "The client and the server did not agree on TLS: \(reason ?? "no reason")."
        let problem = ServiceError(code: "BadRequestException", message: message)
        noteRefusal(RefusedRequest(nil, from: client, error: problem))
    }

    /// Answers a request whose rest has not come in time; false when nothing of one is there.
    func refuseUnfinished(context: ChannelHandlerContext) -> Bool {
        guard let head = unfinished else { return false }
        let error =
            isDraining
            ? ServiceError(code: "ServiceUnavailable", message: "The server is stopping.")
            : ServiceError(
                code: "RequestTimeout",
                message: "The request's body has not come within the time that it may take."
            )
        refuse(error, head, status: isDraining ? 503 : 408, keepAlive: false, context: context)
        return true
    }

    /// Whether the connection has no answer under way.
    private var isUnanswered: Bool {
        switch state {
        case .idle, .receiving, .discarding: true
        case .responding, .answering, .streaming, .closed: false
        }
    }

    /// The head of a request whose rest is still to come.
    private var unfinished: HTTPRequestHead? {
        switch state {
        case .receiving(let head, _), .discarding(let head, _, _): head
        case .idle, .responding, .answering, .streaming, .closed: nil
        }
    }
}
