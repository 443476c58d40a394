import Glibc
package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Synchronization

/// What answers a request; cancelled when the client goes away.
package typealias RequestHandler = @Sendable (ServiceRequest) async -> ServiceResponse

/// The HTTP server: listens, and hands every request to a handler.
///
/// As a service it serves until a graceful shutdown, then finishes the requests that run (within
/// `drainMilliseconds`), answers long polls empty, and closes.
package final class HTTPServer: Service {
    private let configuration: ServerConfiguration
    private let logger: Logger
    private let respond: RequestHandler
    private let noteRefused: RefusalNote
    private let bound: @Sendable (Address) -> Void
    private let socket: BoundSocket?
    /// Says that connections are refused, or cannot be taken.
    private let refusals = PeriodicNotice()

    /// Where a server listens.
    package struct Address: Sendable, Hashable, CustomStringConvertible {
        package var host: String
        package var port: Int
        /// Whether it speaks TLS.
        package var isSecure = false

        /// The address as a URL.
        package var description: String {
            let scheme = isSecure ? "https" : "http"
            let isBare = host.utf8.contains(UInt8(ascii: ":")) && !host.hasPrefix("[")
            return isBare ? "\(scheme)://[\(host)]:\(port)" : "\(scheme)://\(host):\(port)"
        }
    }

    /// A server, on the socket given if there is one; `refused` is called with what no handler gets
    /// to see, `bound` when it listens.
    package init(
        configuration: ServerConfiguration = ServerConfiguration(),
        logger: Logger = Logger(label: "stepwell.server"),
        socket: BoundSocket? = nil,
        respond: @escaping RequestHandler,
        refused: @escaping RefusalNote = { _ in },
        bound: @escaping @Sendable (Address) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.socket = socket
        self.respond = respond
        noteRefused = refused
        self.bound = bound
    }

    /// Serves until a graceful shutdown or cancellation.
    ///
    /// Throws `ListenError` when the address cannot be bound.
    package func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await serve(on: group))
        } catch {
            outcome = .failure(error)
        }
        try? await group.shutdownGracefully()
        try outcome.get()
    }

    private func serve(on group: MultiThreadedEventLoopGroup) async throws {
        let connections = ConnectionRegistry(limit: configuration.maximumConnections)
        let address = Address(host: configuration.host, port: configuration.port)
        let socket = try self.socket ?? BoundSocket(host: address.host, port: address.port)
        let listener = try await listen(on: group, connections, socket)
        let isSecure = configuration.tls != nil
        bound(Address(host: address.host, port: socket.port, isSecure: isSecure))
        await withTaskCancellationOrGracefulShutdownHandler {
            try? await listener.closeFuture.get()
        } onCancelOrGracefulShutdown: {
            listener.close(promise: nil)
        }
        await drain(connections)
    }

    private static let headerLimits: NIOHTTPDecoderLimitConfiguration = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16_384
        limits.maxHeaderListSize = 65_536
        limits.maxHeaderFieldCount = 100
        return limits
    }()

    private func drain(_ connections: ConnectionRegistry) async {
        connections.drain()
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(configuration.drainMilliseconds)
        let notice = min(configuration.lastCallMilliseconds, configuration.drainMilliseconds / 2)
        let lastCall = end - .milliseconds(notice)
        // Uncancelled, so that a cancelled server too gives its requests their time.
        await Task.detached {
            while connections.count > 0 && clock.now < lastCall {
                try? await clock.sleep(for: .milliseconds(5))
            }
            connections.endDrain()
            while connections.count > 0 && clock.now < end {
                try? await clock.sleep(for: .milliseconds(5))
            }
        }.value
        if connections.count > 0 {
            logger.warning("closing connections whose requests did not finish in time")
        }
        connections.closeAll()
    }

    private func listen(
        on group: MultiThreadedEventLoopGroup,
        _ connections: ConnectionRegistry,
        _ socket: BoundSocket
    ) async throws -> any Channel {
        let memory = ServerMemory(configuration)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pause = AcceptPause { [self] error in
                        noteRefusal(String(cString: strerror(error.errnoCode)))
                    }
                    try channel.pipeline.syncOperations.addHandler(pause)
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: Self.receiveBuffers)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    guard connections.admit(channel) else {
                        noteRefusal("the maximum number of connections is open")
                        try channel.pipeline.syncOperations.addHandler(
                            RefusalHandler(isSilent: configuration.tls != nil, note: noteRefused)
                        )
                        return
                    }
                    try configure(channel, memory)
                }
            }
        func refused(_ reason: String) -> ListenError {
            ListenError(host: configuration.host, port: socket.port, reason: reason)
        }
        guard let descriptor = socket.take() else { throw refused("the socket is in use") }
        do {
            let channel = try await bootstrap.withBoundSocket(descriptor).get()
            // NIO listened with a shorter queue of its own.
            Glibc.listen(descriptor, 1024)
            return channel
        } catch let error as IOError {
            throw refused(String(cString: strerror(error.errnoCode)))
        }
    }

    /// What is read at a time: enough for any request but one with a large payload.
    private static let receiveBuffers = AdaptiveRecvByteBufferAllocator(
        minimum: 512,
        initial: 2048,
        maximum: 16_384
    )

    private func configure(_ channel: any Channel, _ memory: ServerMemory) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls = configuration.tls {
            try pipeline.addHandler(GreetingHandler(note: noteRefused))
            try pipeline.addHandler(NIOSSLServerHandler(context: tls.context))
        }
        let gate = InputGate()
        try pipeline.addHandler(gate)
        try pipeline.configureHTTPServerPipeline(
            withErrorHandling: false,
            withEncoderConfiguration: HTTPResponseEncoder.Configuration(),
            withDecoderLimitConfiguration: Self.headerLimits
        )
        try pipeline.addHandler(
            ConnectionHandler(
                configuration: configuration,
                memory: memory,
                gate: gate,
                respond: respond,
                noteRefusal: noteRefused
            )
        )
    }

    private func noteRefusal(_ reason: String) {
        guard let count = refusals.occasion() else { return }
        logger.warning(
            "connections are not accepted; this is logged once a minute",
            metadata: ["reason": "\(reason)", "occasions": "\(count)"]
        )
    }
}
