import NIOCore
import Synchronization

/// The connections that are open, so that their number is bounded and they can be told to finish.
final class ConnectionRegistry: Sendable {
    private struct Contents {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isDraining = false
    }

    private let contents = Mutex(Contents())
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a connection in; false when there are too many, or the server stops.
    func admit(_ channel: any Channel) -> Bool {
        let admitted = contents.withLock { contents in
            guard !contents.isDraining, contents.channels.count < limit else { return false }
            contents.channels[ObjectIdentifier(channel)] = channel
            return true
        }
        if admitted {
            channel.closeFuture.whenComplete { [self] _ in remove(channel) }
        }
        return admitted
    }

    /// How many connections are open.
    var count: Int {
        contents.withLock { $0.channels.count }
    }

    /// Has every connection finish the request it is at, and takes no more.
    func drain() {
        for channel in begin() {
            channel.pipeline.fireUserInboundEventTriggered(DrainEvent.begins)
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    /// Has every connection give up what it still waits for, and say so.
    func endDrain() {
        for channel in begin() {
            channel.pipeline.fireUserInboundEventTriggered(DrainEvent.ends)
        }
    }

    /// Closes what is still open.
    func closeAll() {
        for channel in begin() { channel.close(promise: nil) }
    }

    private func begin() -> [any Channel] {
        contents.withLock { contents in
            contents.isDraining = true
            return Array(contents.channels.values)
        }
    }

    private func remove(_ channel: any Channel) {
        contents.withLock { _ = $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
    }
}
