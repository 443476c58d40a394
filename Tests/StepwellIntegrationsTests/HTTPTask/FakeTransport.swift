import StepwellIntegrations
import Synchronization

/// A transport that answers by a script and keeps the requests.
final class FakeTransport: HTTPTransport {
    typealias Script = @Sendable (OutgoingRequest, Int) throws(TransportFault) -> OutgoingAnswer

    private let sent = Mutex<[OutgoingRequest]>([])
    private let script: Script

    init(_ script: @escaping Script) {
        self.script = script
    }

    /// One answer, again and again.
    convenience init(_ status: Int, _ type: String, _ body: String) {
        self.init { _, _ throws(TransportFault) in
            OutgoingAnswer(
                status: status,
                headers: [("Content-Type", type)],
                body: Array(body.utf8)
            )
        }
    }

    /// One answer in JSON, again and again.
    convenience init(json text: String) {
        self.init(200, "application/json", text)
    }

    /// The requests so far.
    var requests: [OutgoingRequest] { sent.withLock { $0 } }

    func send(_ request: OutgoingRequest) async throws(TransportFault) -> OutgoingAnswer {
        let count = sent.withLock { sent in
            sent.append(request)
            return sent.count - 1
        }
        return try script(request, count)
    }
}

extension OutgoingRequest {
    /// The first header of a name, in whatever case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }
}
