import Synchronization

@testable import StepwellIntegrations

/// A transport that answers what it is told to, and notes what was sent.
final class ScriptedTransport: HTTPTransport {
    private struct State {
        var answers: [Result<OutgoingAnswer, TransportFault>]
        var requests: [OutgoingRequest] = []
    }

    private let state: Mutex<State>

    /// Answers in order; the last one stays.
    init(_ answers: [Result<OutgoingAnswer, TransportFault>]) {
        state = Mutex(State(answers: answers))
    }

    /// One answer with a status and a body.
    convenience init(_ status: Int, _ body: String, headers: [(name: String, value: String)] = []) {
        self.init([
            .success(OutgoingAnswer(status: status, headers: headers, body: Array(body.utf8)))
        ])
    }

    var requests: [OutgoingRequest] { state.withLock { $0.requests } }

    func send(_ request: OutgoingRequest) async throws(TransportFault) -> OutgoingAnswer {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
        }
        return try answer.get()
    }
}
