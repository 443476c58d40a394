import DequeModule
import Foundation

/// The threads on which a shard's reads are done, or its long decisions made; what comes of them
/// goes back into its mailbox.
///
/// How much is asked for at once is bounded by the shard (`EngineLimits.loadsAtOnce` and
/// `decisionsAtOnce`).
// Safe: every stored variable is read and written only while `condition` is locked.
final class Loader: @unchecked Sendable {
    private let condition = NSCondition()
    private var requests: Deque<LoadRequest> = []
    private var isClosed = false
    private let store: any EventStore
    private let mailbox: Mailbox
    private let clock: any EngineClock
    /// Is left when all threads have ended.
    let ended = DispatchGroup()

    /// Threads under a name; `yielding` ones give way to all others of the process.
    init(
        _ name: String,
        store: any EventStore,
        threads: Int,
        yielding: Bool = false,
        clock: any EngineClock,
        mailbox: Mailbox
    ) {
        self.store = store
        self.mailbox = mailbox
        self.clock = clock
        for _ in 0..<max(1, threads) {
            ended.enter()
            EngineThread.start(name, yielding: yielding) {
                self.run()
                self.ended.leave()
            }
        }
    }

    /// Has something read, after what was asked for before.
    func submit(_ requests: [LoadRequest]) {
        guard !requests.isEmpty else { return }
        condition.lock()
        self.requests.append(contentsOf: requests)
        condition.broadcast()
        condition.unlock()
    }

    /// Lets the threads end when they have read what they are reading.
    func close() {
        condition.lock()
        isClosed = true
        requests.removeAll()
        condition.broadcast()
        condition.unlock()
    }

    private func run() {
        while let request = next() {
            let result = request.perform(on: store) { clock.reading() }
            _ = mailbox.send(.loaded(result), by: .news)
        }
    }

    private func next() -> LoadRequest? {
        condition.lock()
        defer { condition.unlock() }
        while requests.isEmpty, !isClosed { condition.wait() }
        return requests.popFirst()
    }
}
