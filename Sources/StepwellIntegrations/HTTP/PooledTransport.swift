import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The transport over async-http-client: pooled connections, https, HTTP/1.1.
package final class PooledTransport: HTTPTransport {
    private let client: HTTPClient

    /// A transport with a pool of its own; end it with `shutdown`.
    package init(connectTimeout: Duration = .seconds(5)) {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = TimeAmount(connectTimeout)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes the connections; the transport cannot be used any more.
    package func shutdown() async throws {
        try await client.shutdown()
    }

    package func send(_ request: OutgoingRequest) async throws(TransportFault) -> OutgoingAnswer {
        var sent = HTTPClientRequest(url: request.url)
        sent.method = HTTPMethod(rawValue: request.method)
        for header in request.headers { sent.headers.add(name: header.name, value: header.value) }
        if !request.body.isEmpty { sent.body = .bytes(request.body) }
        do {
            let answer = try await client.execute(sent, timeout: TimeAmount(request.timeout))
            var body = try await answer.body.collect(upTo: request.maximumAnswerBytes)
            return OutgoingAnswer(
                status: Int(answer.status.code),
                headers: answer.headers.map { ($0.name, $0.value) },
                body: body.readBytes(length: body.readableBytes) ?? []
            )
        } catch {
            throw TransportFault(error, limit: request.maximumAnswerBytes)
        }
    }
}

extension TransportFault {
    fileprivate init(_ error: any Error, limit: Int) {
        if error is NIOTooManyBytesError {
            self = .tooLarge(limit: limit)
        } else if error is CancellationError {
            self = .cancelled
        } else if let error = error as? HTTPClientError {
            let kind = Self.kinds.first { $0.0 == error }
            self = kind?.1 ?? .connection("\(error)")
        } else {
            self = .connection("\(error)")
        }
    }

    private static let kinds: [(HTTPClientError, TransportFault)] = [
        (.deadlineExceeded, .timeout), (.readTimeout, .timeout), (.writeTimeout, .timeout),
        (.connectTimeout, .timeout), (.cancelled, .cancelled),
        (.invalidURL, .url("the URL cannot be read")), (.emptyHost, .url("the URL has no host")),
        (.emptyScheme, .url("the URL has no scheme")),
    ]
}
