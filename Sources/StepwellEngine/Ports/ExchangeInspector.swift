import Synchronization

/// What TestState shows of a task's exchange over HTTP (`inspectionData`, level TRACE).
package struct InspectedExchange: Sendable, Equatable {
    /// The request: protocol, method, URL, headers and body as text.
    package struct Request: Sendable, Equatable {
        package var scheme: String
        package var method: String
        package var url: String
        package var headers: String
        package var body: String?

        package init(
            scheme: String,
            method: String,
            url: String,
            headers: String,
            body: String?
        ) {
            self.scheme = scheme
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
        }
    }

    /// The response: protocol, status, headers and body as text.
    package struct Response: Sendable, Equatable {
        package var scheme: String
        package var statusCode: String
        package var statusMessage: String
        package var headers: String
        package var body: String?

        package init(
            scheme: String,
            statusCode: String,
            statusMessage: String,
            headers: String,
            body: String?
        ) {
            self.scheme = scheme
            self.statusCode = statusCode
            self.statusMessage = statusMessage
            self.headers = headers
            self.body = body
        }
    }

    package var request: Request
    package var response: Response?

    package init(request: Request, response: Response? = nil) {
        self.request = request
        self.response = response
    }
}

/// Takes down the exchange of a task that is tried on its own.
package final class ExchangeInspector: Sendable {
    /// Whether secrets of connections are shown.
    package let revealsSecrets: Bool
    private let noted = Mutex<InspectedExchange?>(nil)

    package init(revealsSecrets: Bool) {
        self.revealsSecrets = revealsSecrets
    }

    /// The last exchange that was noted.
    package var exchange: InspectedExchange? { noted.withLock { $0 } }

    /// Notes an exchange in place of the one before.
    package func note(_ exchange: InspectedExchange) {
        noted.withLock { $0 = exchange }
    }
}
