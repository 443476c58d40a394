package import NIOCore
import NIOPosix

/// Reads what a program writes, on an event loop.
package enum PipeReader {
    /// Hears of the bytes as they come, and nil at the end of them.
    package typealias Listener = @Sendable (ByteBuffer?) -> Void

    /// Takes the reading end of a pipe over and reads it to its end.
    ///
    /// The future fails with what the system says when it cannot be read.
    package static func start(
        _ descriptor: Int32,
        on loop: any EventLoop,
        _ listener: @escaping Listener
    ) -> EventLoopFuture<any Channel> {
        NIOPipeBootstrap(group: loop)
            .channelOption(.maxMessagesPerRead, value: 4)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(listener: listener))
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .map { $0 as any Channel }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let listener: Listener

        init(listener: @escaping Listener) {
            self.listener = listener
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            listener(unwrapInboundIn(data))
        }

        func channelInactive(context: ChannelHandlerContext) {
            listener(nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
