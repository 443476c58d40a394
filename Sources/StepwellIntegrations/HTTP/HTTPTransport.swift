/// Sends one request and gathers its answer.
///
/// Nothing is repeated and no redirect is followed: who calls decides about that.
package protocol HTTPTransport: Sendable {
    /// Sends a request; cancelling the task gives the exchange up.
    func send(_ request: OutgoingRequest) async throws(TransportFault) -> OutgoingAnswer
}

/// Why there is no answer.
package enum TransportFault: Error, Sendable, Hashable {
    /// The URL is none that can be called; what is wrong with it.
    case url(String)
    /// The rules about outgoing calls do not allow it; which rule.
    case refused(String)
    /// No connection could be made, or it broke; what is said about it.
    case connection(String)
    /// The time of the exchange was over.
    case timeout
    /// The answer is larger than may be read, in bytes.
    case tooLarge(limit: Int)
    /// The task was cancelled.
    case cancelled
}

extension TransportFault: CustomStringConvertible {
    /// The fault in words.
    package var description: String {
        switch self {
        case .url(let problem), .refused(let problem), .connection(let problem): problem
        case .timeout: "the time for the exchange was over"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .cancelled: "the exchange was given up"
        }
    }
}
