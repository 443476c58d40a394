import NIOCore
import StepwellEngine

/// Answers a connection beyond the limit with status 503 and closes it.
final class RefusalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let error = ServiceError(
        code: "ServiceUnavailable",
        message: "Too many connections."
    )

    private let isSilent: Bool
    private let note: RefusalNote

    /// A handler that says what it refuses; to the client nothing when that is `isSilent`, as where
    /// TLS would have to be agreed on first.
    init(isSilent: Bool, note: @escaping RefusalNote) {
        self.isSilent = isSilent
        self.note = note
    }

    func channelActive(context: ChannelHandlerContext) {
        let peer = context.remoteAddress?.ipAddress
        let refusal = RefusedRequest(nil, from: peer, error: Self.error)
        note(refusal)
        guard !isSilent else {
            context.close(promise: nil)
            return
        }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: refusal.text)))
            .whenComplete { _ in bound.value.close(promise: nil) }
    }
}
