import NIOCore
import NIOHTTP1

extension ConnectionHandler {
    /// Writes the head of an answer that is a stream, and then what comes of it.
    func begin(
        _ stream: ResponseStream,
        of response: ServiceResponse,
        _ terms: ServiceRequest.Terms,
        context: ChannelHandlerContext
    ) {
        memory.requests.release(context.channel)
        var head = Self.head(of: response, keepAlive: false)
        // The encoder makes chunks of what has no length; who does not know them reads to the end.
        if !terms.takesChunks { head.version = .http1_0 }
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let task = Task { [eventLoop = context.eventLoop] in
            while let piece = await stream.next(), !Task.isCancelled {
                let taken = eventLoop.flatSubmit {
                    let (handler, context) = bound.value
                    return handler.write(piece, context)
                }
                guard (try? await taken.get()) != nil else { break }
            }
            stream.ended()
            eventLoop.execute {
                let (handler, context) = bound.value
                handler.endStream(context)
            }
        }
        state = .streaming(task)
        if isDraining { task.cancel() }
    }

    /// Writes a piece of a stream; the future is done when the client's system has taken it.
    private func write(
        _ piece: [UInt8],
        _ context: ChannelHandlerContext
    ) -> EventLoopFuture<Void> {
        guard case .streaming = state else {
            return context.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        expect(within: configuration.answerMilliseconds, context: context)
        let buffer = context.channel.allocator.buffer(bytes: piece)
        let written = context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(buffer))))
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        return written.map { bound.value.deadline = nil }
    }

    private func endStream(_ context: ChannelHandlerContext) {
        guard case .streaming = state else { return }
        finish(context)
    }
}
