import StepwellEngine
import StepwellHistory
import StepwellJSON
import Synchronization

/// Tokens of connections (OAuth 2.0, client credentials), kept until shortly before they expire.
final class ConnectionTokens: Sendable {
    private struct Token: Sendable {
        let text: String
        let isGoodUntil: Timestamp
    }

    private static let kept = 256
    private let tokens = Mutex<[OAuthClientSettings: Token]>([:])
    private let transport: any HTTPTransport
    private let clock: any EngineClock

    init(transport: any HTTPTransport, clock: any EngineClock) {
        self.transport = transport
        self.clock = clock
    }

    /// The token of a client; asked for when there is none that is good.
    ///
    /// Throws `TaskFailure` when none is given.
    func token(_ client: OAuthClientSettings) async throws -> String {
        let now = clock.now()
        if let kept = tokens.withLock({ $0[client] }), kept.isGoodUntil > now { return kept.text }
        let answer: OutgoingAnswer
        do {
            answer = try await transport.send(request(client))
        } catch TransportFault.cancelled {
            throw CancellationError()
        } catch {
            throw Self.failure("\(error)")
        }
        guard (200..<300).contains(answer.status),
            let value = try? JSONParser.parse(answer.body),
            let text = value["access_token"]?.stringValue
        else {
            throw Self.failure("the answer has the status \(answer.status)")
        }
        let lifetime = value["expires_in"]?.intValue ?? 300
        let goodUntil = now.advanced(
            byMilliseconds: Int64(max(0, min(lifetime, 86_400) - 30)) * 1_000
        )
        tokens.withLock { tokens in
            if tokens.count >= Self.kept { tokens.removeAll() }
            tokens[client] = Token(text: text, isGoodUntil: goodUntil)
        }
        return text
    }

    /// Lets go of a token that was not taken.
    func forget(_ client: OAuthClientSettings) {
        tokens.withLock { $0[client] = nil }
    }

    private func request(_ client: OAuthClientSettings) -> OutgoingRequest {
        var fields = HTTPFields()
        fields.fields = [
            ("grant_type", "client_credentials"), ("client_id", client.clientID.reveal()),
            ("client_secret", client.clientSecret.reveal()),
        ]
        for field in client.body { fields.set(field.name, field.value.reveal()) }
        let query = client.query.map { (name: $0.name, value: $0.value.reveal()) }
        var headers = HTTPFields()
        headers.set("Accept", "application/json")
        for header in client.headers { headers.set(header.name, header.value.reveal()) }
        guard client.method != "GET" else {
            return OutgoingRequest(
                method: "GET",
                url: URLText.url(client.endpoint, adding: query + fields.fields),
                headers: headers.fields,
                maximumAnswerBytes: 1 << 20
            )
        }
        headers.set("Content-Type", "application/x-www-form-urlencoded")
        return OutgoingRequest(
            method: client.method,
            url: URLText.url(client.endpoint, adding: query),
            headers: headers.fields,
            body: Array(URLText.query(fields.fields).utf8),
            maximumAnswerBytes: 1 << 20
        )
    }

    private static func failure(_ why: String) -> TaskFailure {
        TaskFailure(
            error: "Events.ConnectionResource.InvalidConnectionState",
            cause: "The connection gets no token: \(why)"
        )
    }
}
