import NIOCore

/// Lets a while pass when no connection can be accepted, most often for want of descriptors.
///
/// NIO's own back-off handler keeps further reads from being asked for, but a server socket whose
/// accepting failed is still registered for the read before: its loop would spin.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private static let length = TimeAmount.milliseconds(250)

    private let note: @Sendable (IOError) -> Void

    /// A handler that says what went wrong each time.
    init(note: @escaping @Sendable (IOError) -> Void) {
        self.note = note
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError else {
            context.fireErrorCaught(error)
            return
        }
        note(error)
        set(isReading: false, context.channel)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.length) {
            let (handler, context) = bound.value
            handler.set(isReading: true, context.channel)
        }
    }

    private func set(isReading: Bool, _ channel: any Channel) {
        // It fails for a channel that is closed, which reads no more in any case.
        try? channel.syncOptions?.setOption(.autoRead, value: isReading)
    }
}
