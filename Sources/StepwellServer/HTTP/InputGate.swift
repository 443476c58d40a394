import NIOCore

/// Holds back what a client sends while it is answered: as it came, unread.
///
/// Only a few kilobytes at a time go on to the HTTP decoder, which makes many times as much of
/// requests that are a line each; the rest stays in the socket, and with the client.
final class InputGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The bytes that go on at a time.
    private static let sliceBytes = 4_096

    private var held = ByteBuffer()
    private var isOpen = true
    private var isPumping = false
    private var isReadPending = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        if held.readableBytes == 0 {
            held = buffer
        } else {
            held.writeBuffer(&buffer)
        }
        pump(context)
    }

    func read(context: ChannelHandlerContext) {
        if isOpen && held.readableBytes == 0 {
            context.read()
        } else {
            isReadPending = true
        }
    }

    /// Lets nothing through until it is opened again.
    func hold() {
        isOpen = false
    }

    /// Lets through what was held back, and what comes.
    func open(_ context: ChannelHandlerContext) {
        guard !isOpen else { return }
        isOpen = true
        guard let own = try? context.channel.pipeline.syncOperations.context(handler: self) else {
            return
        }
        pump(own)
        guard isOpen, held.readableBytes == 0, isReadPending else { return }
        isReadPending = false
        own.read()
    }

    private func pump(_ context: ChannelHandlerContext) {
        guard !isPumping else { return }
        isPumping = true
        defer { isPumping = false }
        while isOpen,
            let slice = held.readSlice(length: min(Self.sliceBytes, held.readableBytes)),
            slice.readableBytes > 0
        {
            context.fireChannelRead(wrapInboundOut(slice))
        }
        if held.readableBytes == 0 { held = ByteBuffer() }
    }
}
