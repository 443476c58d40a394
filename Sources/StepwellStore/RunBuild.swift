import Dispatch
import Synchronization

/// Sorts and encodes a memtable off the commit thread.
final class RunBuild: Sendable {
    /// A run with its blocks, ready to be written.
    struct Built: Sendable {
        let run: SortedRun
        let blocks: [(number: UInt32, bytes: [UInt8])]
    }

    private let built = Mutex<Built?>(nil)
    private let done = DispatchSemaphore(value: 0)

    /// Begins to build a run of a memtable.
    init(of table: Memtable, run: UInt64) {
        DispatchQueue.global(qos: .utility).async { [self] in
            var builder = RunBuilder(run: run, capacity: table.entries.count * 2)
            for row in table.rows() { builder.add(row) }
            let run = builder.finish(level: 0)
            let blocks = builder.takeBlocks()
            built.withLock { $0 = Built(run: run, blocks: blocks) }
            done.signal()
        }
    }

    /// The result, once it is there; waits a millisecond at most.
    func result() -> Built? {
        if let built = built.withLock({ $0 }) { return built }
        _ = done.wait(timeout: .now() + .milliseconds(1))
        return built.withLock { $0 }
    }
}
