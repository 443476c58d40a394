import Synchronization

/// The way into a shard: many senders, one receiver that takes all there is by one swap.
///
/// Bounded: when it is full, senders are refused, so that load is felt by callers and not by
/// memory. Messages that must arrive (results of tasks, failures of commits) go in regardless;
/// their number is bounded by what the shard itself has handed out.
package final class Mailbox: Sendable {
    private struct Contents: Sendable {
        var messages: [ShardMessage] = []
        var isClosed = false
    }

    private let contents = Mutex(Contents())
    private let capacity: Int
    private let wakeup: Wakeup

    init(capacity: Int, wakeup: Wakeup) {
        self.capacity = capacity
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
        let (admission, isFirst) = contents.withLock { contents -> (Admission, Bool) in
            if contents.isClosed { return (.closed, false) }
            guard mustArrive || contents.messages.count < capacity else { return (.full, false) }
            contents.messages.append(message)
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
        contents.withLock { swap(&$0.messages, &batch) }
    }

    /// Refuses all further messages and gives back those that nobody will read.
    func close() -> [ShardMessage] {
        contents.withLock { contents in
            contents.isClosed = true
            let rest = contents.messages
            contents.messages = []
            return rest
        }
    }
}
