import NIOCore
import StepwellEngine

/// Tells who speaks plain HTTP to a server that speaks TLS what is the matter.
final class GreetingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let error = ServiceError(
        code: "BadRequestException",
        message: "This server speaks HTTPS: the URL has to begin with https://."
    )

    /// Told when a connection ends on which no handshake was begun.
    struct NoHandshake: Sendable {}

    private let note: RefusalNote
    private var isDone = false
    private var isRefused = false

    /// A handler that says what it refuses.
    init(note: @escaping RefusalNote) {
        self.note = note
    }

    func channelInactive(context: ChannelHandlerContext) {
        // Load balancers connect and close to see whether anybody listens.
        if !isDone || isRefused { context.fireUserInboundEventTriggered(NoHandshake()) }
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isRefused { return }
        let buffer = unwrapInboundIn(data)
        guard !isDone, let first = buffer.readableBytesView.first else {
            context.fireChannelRead(data)
            return
        }
        isDone = true
        // A request begins with a letter, a handshake with 22.
        guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else {
            context.fireChannelRead(data)
            return
        }
        isRefused = true
        let peer = context.remoteAddress?.ipAddress
        let refusal = RefusedRequest(nil, from: peer, error: Self.error)
        note(refusal)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: refusal.text)))
            .whenComplete { _ in bound.value.close(promise: nil) }
    }
}
