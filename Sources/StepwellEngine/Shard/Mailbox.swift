import Synchronization

/// The way into a shard: many senders, one receiver that takes all there is by one swap.
///
/// Bounded in messages and in their bytes: when it is full, senders are refused, so that load is
/// felt by callers and not by memory. What the engine itself has to say (results of tasks, errands)
/// has four times that room, so that callers do not keep it out, and is said again when it is
/// refused. Messages without anything in them, which nobody would say again, go in regardless.
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

    /// Who sends a message.
    enum Sender: Sendable {
        /// Somebody who is told when it is refused.
        case caller
        /// The engine, which sends it again when it is refused.
        case engine
        /// Nobody who would: it disregards the bound.
        case news

        fileprivate var share: Int {
            switch self {
            case .caller: 1
            case .engine: 4
            case .news: .max
            }
        }
    }

    /// Sends a message.
    func send(_ message: ShardMessage, by sender: Sender = .caller) -> Admission {
        let bytes = message.byteCount
        let share = sender.share
        let (admission, isFirst) = contents.withLock { contents -> (Admission, Bool) in
            if contents.isClosed { return (.closed, false) }
            let hasRoom =
                contents.messages.isEmpty
                || contents.messages.count / share < capacity
                    && (contents.byteCount + bytes - 1) / share < byteCapacity
            guard hasRoom else { return (.full, false) }
            contents.messages.append(message)
            contents.byteCount += bytes
            return (.admitted, contents.messages.count == 1)
        }
        if isFirst { wakeup.raise() }
        return admission
    }

    /// The bytes of the messages that wait.
    var byteCount: Int { contents.withLock { $0.byteCount } }

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
