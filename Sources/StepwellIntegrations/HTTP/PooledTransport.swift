import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// The transport over async-http-client: pooled connections, https, HTTP/1.1.
package final class PooledTransport: HTTPTransport {
    private let client: HTTPClient
    private let rules: @Sendable () -> OutgoingRules

    /// A transport with a pool of its own; end it with `shutdown`.
    ///
    /// - Parameters:
    ///   - connectTimeout: how long a connection may take to be made.
    ///   - rules: who may be called, asked for each request and each new connection.
    package init(
        connectTimeout: Duration = .seconds(5),
        rules: @escaping @Sendable () -> OutgoingRules = { OutgoingRules() }
    ) {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = TimeAmount(connectTimeout)
        // Who calls decides what is tried again.
        configuration.connectionPool.retryConnectionEstablishment = false
        // A name may lead anywhere: what it led to is judged before anything is sent there.
        configuration.http1_1ConnectionDebugInitializer = { channel in
            guard let address = channel.remoteAddress, let text = address.ipAddress,
                let refusal = rules().refusal(address: text, port: address.port ?? 0)
            else { return channel.eventLoop.makeSucceededVoidFuture() }
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(RefusedAddress(text: refusal))
        }
        self.rules = rules
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    deinit {
        // A pool that was not closed in time is closed behind its owner.
        client.shutdown { _ in }
    }

    /// Closes the connections; the transport cannot be used any more.
    package func shutdown() async throws {
        try await client.shutdown()
    }

    package func send(_ request: OutgoingRequest) async throws(TransportFault) -> OutgoingAnswer {
        if let url = URLParts(request.url),
            let refusal = rules().refusal(host: url.host, port: url.port)
        {
            throw .refused(refusal)
        }
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

/// A connection led to an address that may not be called.
private struct RefusedAddress: Error {
    let text: String
}

extension TransportFault {
    fileprivate init(_ error: any Error, limit: Int) {
        if let error = error as? RefusedAddress {
            self = .refused(error.text)
        } else if error is NIOTooManyBytesError {
            self = .tooLarge(limit: limit)
        } else if error is CancellationError {
            self = .cancelled
        } else if let error = error as? HTTPClientError {
            let kind = Self.kinds.first { $0.0 == error }
            self = kind?.1 ?? .connection("\(error)")
        } else {
            self = .connection(Self.text(error))
        }
    }

    /// Why there is no connection, in the words of the system.
    private static func text(_ error: any Error) -> String {
        if let error = error as? IOError { return String(cString: strerror(error.errnoCode)) }
        guard let failure = error as? NIOConnectionError else { return "\(error)" }
        if let first = failure.connectionErrors.first?.error { return text(first) }
        if failure.dnsAError != nil || failure.dnsAAAAError != nil {
            return "the host name \(failure.host) is not known"
        }
        return "\(error)"
    }

    private static let kinds: [(HTTPClientError, TransportFault)] = [
        (.deadlineExceeded, .timeout), (.readTimeout, .timeout), (.writeTimeout, .timeout),
        (.connectTimeout, .timeout), (.cancelled, .cancelled),
        (.invalidURL, .url("the URL cannot be read")), (.emptyHost, .url("the URL has no host")),
        (.emptyScheme, .url("the URL has no scheme")),
    ]
}
