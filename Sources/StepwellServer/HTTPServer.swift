package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
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
    private let bound: @Sendable (Address) -> Void

    /// Where a server listens.
    package struct Address: Sendable, Hashable, CustomStringConvertible {
        package var host: String
        package var port: Int

        /// The address as a URL.
        package var description: String {
            host.utf8.contains(UInt8(ascii: ":"))
                ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
        }
    }

    /// A server; `bound` is called when it listens.
    package init(
        configuration: ServerConfiguration = ServerConfiguration(),
        logger: Logger = Logger(label: "stepwell.server"),
        respond: @escaping RequestHandler,
        bound: @escaping @Sendable (Address) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.respond = respond
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
        let listener = try await listen(on: group, connections)
        let host = configuration.host
        let port = listener.localAddress?.port ?? configuration.port
        bound(Address(host: host, port: port))
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
        // Uncancelled, so that a cancelled server too gives its requests their time.
        await Task.detached {
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
        _ connections: ConnectionRegistry
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { [configuration, respond] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    guard connections.admit(channel) else {
                        try pipeline.addHandler(RefusalHandler())
                        return
                    }
                    try pipeline.configureHTTPServerPipeline(
                        withEncoderConfiguration: HTTPResponseEncoder.Configuration(),
                        withDecoderLimitConfiguration: Self.headerLimits
                    )
                    try pipeline.addHandler(
                        ConnectionHandler(configuration: configuration, respond: respond)
                    )
                }
            }
        do {
            return try await bootstrap.bind(
                host: configuration.host,
                port: configuration.port
            ).get()
        } catch {
            throw ListenError(host: configuration.host, port: configuration.port, cause: error)
        }
    }
}
