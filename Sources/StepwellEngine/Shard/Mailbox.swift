import Synchronization

/// The way into a shard: many senders, one receiver that takes all there is by one swap.
///
/// Bounded in messages and in their bytes: when it is full, senders are refused, so that load is
/// felt by callers and not by memory. Messages that must arrive (results of tasks, failures of
/// commits) go in regardless; their number is bounded by what the shard itself has handed out.
package final class Mailbox: Sendable {
    private struct Contents: Sendable {
        var messages: [ShardMessage] = []
        var byteCount = 0
        var isClosed = false

        /// Takes everything out.
        mutating func removeAll() -> [ShardMessage] {
            defer { (messages, byteCount) = ([], 0) }
            return messages
        }
    }

    private let contents = Mutex(Contents())
    private let capacity: Int
    private let byteCapacity: Int
    private let wakeup: Wakeup

    init(capacity: Int, byteCapacity: Int, wakeup: Wakeup) {
        self.capacity = capacity
        self.byteCapacity = byteCapacity
        self.wakeup = wakeup
    }

    /// Whether a message went in, and if not, why not.
    enum Admission: Sendable {
        case admitted
        case full
        case closed
    }

    /// Sends a message; `mustArrive` disregards the bound.
    func send(_ message: ShardMessage, mustArrive: Bool = false) -> Admission {
        let bytes = message.byteCount
        let (admission, isFirst) = contents.withLock { contents -> (Admission, Bool) in
            if contents.isClosed { return (.closed, false) }
            let hasRoom =
                contents.messages.isEmpty
                || contents.messages.count < capacity
                    && contents.byteCount + bytes <= byteCapacity
            guard mustArrive || hasRoom else { return (.full, false) }
            contents.messages.append(message)
            contents.byteCount += bytes
            return (.admitted, contents.messages.count == 1)
        }
        if isFirst { wakeup.raise() }
        return admission
    }

    /// The number of messages that wait.
    var count: Int { contents.withLock { $0.messages.count } }

    var isEmpty: Bool { count == 0 }

    /// Swaps what has arrived with `batch`, which has to be empty.
    func take(into batch: inout [ShardMessage]) {
        contents.withLock { contents in
            swap(&contents.messages, &batch)
            contents.byteCount = 0
        }
    }

    /// Refuses all further messages and gives back those that nobody will read.
    func close() -> [ShardMessage] {
        contents.withLock { contents in
            contents.isClosed = true
            return contents.removeAll()
        }
    }
}
