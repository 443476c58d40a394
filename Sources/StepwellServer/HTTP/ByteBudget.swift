import NIOCore
import Synchronization

/// A bound on the bytes that all clients together have the server hold.
///
/// Who holds some and has not moved for a while gives way to who needs them: its connection is
/// closed. So clients that send half a body, or do not read, cost memory up to the bound, and
/// nobody else their service.
final class ByteBudget: Sendable {
    private struct Holding {
        let channel: any Channel
        var bytes: Int
        /// When the holder last moved.
        var since: NIODeadline
    }

    private struct State {
        var held = 0
        var holdings: [ObjectIdentifier: Holding] = [:]
    }

    private let state = Mutex(State())
    private let limit: Int
    private let patience: TimeAmount

    /// A bound of `limit` bytes; while they are spent, who has not moved for `patience` gives way.
    init(limit: Int, patience: TimeAmount) {
        self.limit = limit
        self.patience = patience
    }

    /// Whether all of it is held.
    var isSpent: Bool { state.withLock { $0.held >= limit } }

    /// The bytes that are held.
    var held: Int { state.withLock { $0.held } }

    /// Counts bytes that a connection holds; false, and nothing counted, when there is no room.
    ///
    /// `isForced` counts them in any case: what they say must not be lost.
    func take(_ count: Int, for channel: any Channel, isForced: Bool = false) -> Bool {
        let now = NIODeadline.now()
        let (isTaken, idle) = state.withLock { state in
            var idle: [any Channel] = []
            if state.held + count > limit {
                idle = Self.release(count, in: &state, limit, stillSince: now - patience)
            }
            guard isForced || state.held + count <= limit else { return (false, idle) }
            let key = ObjectIdentifier(channel)
            state.held += count
            state.holdings[key, default: Holding(channel: channel, bytes: 0, since: now)].bytes +=
                count
            return (true, idle)
        }
        // Not within the lock: a channel of this thread closes at once, and releases its bytes.
        for channel in idle { channel.close(promise: nil) }
        return isTaken
    }

    /// Notes that a connection moves.
    func touch(_ channel: any Channel) {
        state.withLock { $0.holdings[ObjectIdentifier(channel)]?.since = .now() }
    }

    /// Notes that a connection waits for the server: it does not give way.
    func keep(_ channel: any Channel) {
        state.withLock { $0.holdings[ObjectIdentifier(channel)]?.since = .distantFuture }
    }

    /// A connection holds nothing any more.
    func release(_ channel: any Channel) {
        state.withLock { state in
            let holding = state.holdings.removeValue(forKey: ObjectIdentifier(channel))
            state.held -= holding?.bytes ?? 0
        }
    }

    /// Takes the bytes of those who have been still for longest, until there is room.
    private static func release(
        _ count: Int,
        in state: inout State,
        _ limit: Int,
        stillSince: NIODeadline
    ) -> [any Channel] {
        let still = state.holdings.filter { $0.value.since < stillSince }
            .sorted { $0.value.since < $1.value.since }
        var released: [any Channel] = []
        for (key, holding) in still where state.held + count > limit {
            state.holdings[key] = nil
            state.held -= holding.bytes
            released.append(holding.channel)
        }
        return released
    }
}
