import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import StepwellEngine
import Synchronization

/// The transport over async-http-client: pooled connections, https, HTTP/1.1.
package final class PooledTransport: HTTPTransport {
    /// How many connections to one host there may be.
    ///
    /// That is more than calls are under way, which who calls bounds: a host that lets calls wait
    /// holds up no other.
    private static let connectionsOfHost = 4_096

    private let client: HTTPClient
    private let rules: @Sendable () -> OutgoingRules
    private let authorities: CertificateAuthorities

    /// A transport with a pool of its own; end it with `shutdown`.
    ///
    /// - Parameters:
    ///   - connectTimeout: how long a connection may take to be made.
    ///   - authorities: whose certificates are trusted where https is spoken.
    ///   - rules: who may be called, asked for each request and each new connection.
    package init(
        connectTimeout: Duration = .seconds(5),
        authorities: CertificateAuthorities = CertificateAuthorities(),
        rules: @escaping @Sendable () -> OutgoingRules = { OutgoingRules() }
    ) {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = TimeAmount(connectTimeout)
        if let roots = authorities.roots {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = roots
            configuration.tlsConfiguration = tls
        }
        // Who calls decides what is tried again.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
            Self.connectionsOfHost
        // A name may lead anywhere: what it led to is judged before anything is sent there.
        configuration.http1_1ConnectionDebugInitializer = { channel in
            guard let address = channel.remoteAddress, let text = address.ipAddress,
                let refusal = rules().refusal(address: text, port: address.port ?? 0)
            else { return channel.eventLoop.makeSucceededVoidFuture() }
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(RefusedAddress(text: refusal))
        }
        self.rules = rules
        self.authorities = authorities
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
        // What cannot be judged by the rules is not sent.
        guard let url = URLParts(request.url) else { throw .url(URLParts.problem(request.url)) }
        if let refusal = rules().refusal(host: url.host, port: url.port) {
            throw .refused(refusal)
        }
        if url.scheme == "https", let problem = authorities.problem {
            throw .connection(problem)
        }
        let exchange = Task { [client] in try await Self.exchange(request, by: client) }
        // The client's own deadline is over with the head of the answer.
        let isLate = Atomic(false)
        let timer = client.eventLoopGroup.any().scheduleTask(in: TimeAmount(request.timeout)) {
            isLate.store(true, ordering: .releasing)
            exchange.cancel()
        }
        defer { timer.cancel() }
        let result = await withTaskCancellationHandler {
            await exchange.result
        } onCancel: {
            exchange.cancel()
        }
        do {
            return try result.get()
        } catch {
            let fault = TransportFault(error, limit: request.maximumAnswerBytes)
            throw fault == .cancelled && isLate.load(ordering: .acquiring) ? .timeout : fault
        }
    }

    private static func exchange(
        _ request: OutgoingRequest,
        by client: HTTPClient
    ) async throws -> OutgoingAnswer {
        var sent = HTTPClientRequest(url: request.url)
        sent.method = HTTPMethod(rawValue: request.method)
        for header in request.headers { sent.headers.add(name: header.name, value: header.value) }
        // What a task calls belongs to the trace of its execution, unless it says itself to which.
        for field in TraceContext.current?.fields ?? []
        where !sent.headers.contains(name: field.name) {
            sent.headers.add(name: field.name, value: field.value)
        }
        if !request.body.isEmpty { sent.body = .bytes(request.body) }
        let answer = try await client.execute(sent, timeout: TimeAmount(request.timeout))
        var body = try await answer.body.collect(upTo: request.maximumAnswerBytes)
        return OutgoingAnswer(
            status: Int(answer.status.code),
            headers: answer.headers.map { ($0.name, $0.value) },
            body: body.readBytes(length: body.readableBytes) ?? []
        )
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
        if let error = error as? NIOSSLError { return CertificateAuthorities.text(error) }
        if error is NIOSSLExtraError { return "its certificate is of another host" }
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
        (.invalidURL, .url("the URL cannot be read")),
    ]
}
