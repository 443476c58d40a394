import Foundation
import StepwellHistory
import Synchronization

/// The threads that read what is stored for the API: histories, listings, what is said of
/// executions, the log that is followed.
///
/// Others of the kind have definitions judged and states tried.
///
/// A read may wait for a disk and decode much. So none is done in the pool of the language's
/// concurrency, whose few threads requests that read nothing need, too; and none in the engine's
/// own threads. Long reads use at most `pageReads` threads, and one more is there for brief ones,
/// which therefore wait for no page.
package final class ReadPool: Sendable {
    private let workers: ReadWorkers
    private let lastJob = Atomic<UInt64>(0)

    init(limits: EngineLimits, name: String = "reads") {
        workers = ReadWorkers(limits: limits)
        for number in 0...limits.pageReads {
            let thread = Thread { [workers] in workers.work() }
            thread.name = "stepwell-\(name)-\(number)"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    deinit {
        // Nobody waits: who does holds the pool.
        workers.close()
    }

    /// How many reads wait.
    package var queued: Int { workers.queued }

    /// Has `body` done by a thread of the pool when it is the caller's turn.
    ///
    /// Throws what `body` throws, `ThrottlingException` when too many wait already and the read is
    /// one that may be refused (of the others a caller has one at a time), `CancellationError`
    /// when the caller is cancelled before it is begun.
    package func read<Value: Sendable>(
        _ lane: ReadLane,
        isRefusable: Bool = true,
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        let id = RequestID(lastJob.add(1, ordering: .relaxed).newValue)
        let caller = ReadCaller.current
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let job = ReadJob(id: id, caller: caller, lane: lane) {
                    let result = Result { try body() }
                    return ReadAnswer { continuation.resume(with: result) }
                } refuse: { error in
                    continuation.resume(throwing: error)
                }
                guard workers.add(job, isRefusable: isRefusable) else {
                    job.refuse(ServiceError.throttled)
                    return
                }
                // Cancelled before it was added: the handler found nothing to take out.
                if Task.isCancelled { workers.cancel(id, of: caller) }
            }
        } onCancel: {
            workers.cancel(id, of: caller)
        }
    }
}

/// What the threads of a pool share.
// Safe: the variables are read and written only while `condition` is locked.
private final class ReadWorkers: @unchecked Sendable {
    private let condition = NSCondition()
    private let pageReads: Int
    private var queue: ReadQueue
    private var pagesInWork = 0
    private var isClosed = false

    init(limits: EngineLimits) {
        pageReads = limits.pageReads
        queue = ReadQueue(
            capacity: limits.queuedReads,
            capacityPerCaller: limits.queuedReadsPerCaller
        )
    }

    var queued: Int { condition.withLock { queue.count } }

    func add(_ job: ReadJob, isRefusable: Bool) -> Bool {
        let isAdded = condition.withLock { queue.add(job, isRefusable: isRefusable) }
        if isAdded { condition.signal() }
        return isAdded
    }

    func cancel(_ id: RequestID, of caller: ReadCaller) {
        let job = condition.withLock { queue.remove(id, of: caller) }
        job?.refuse(CancellationError())
    }

    func close() {
        condition.withLock { isClosed = true }
        condition.broadcast()
    }

    /// Does one read after the other until the pool is closed.
    func work() {
        while let answer = performNext() { answer.deliver() }
    }

    /// What the next read came to; nothing of the read itself is held any more, so that a store
    /// whose last reader is told can be closed at once.
    private func performNext() -> ReadAnswer? {
        guard let job = take() else { return nil }
        defer { if job.lane == .page { pageEnded() } }
        return job.perform()
    }

    private func take() -> ReadJob? {
        condition.withLock {
            while !isClosed {
                if let job = queue.next(pagesToo: pagesInWork < pageReads) {
                    if job.lane == .page { pagesInWork += 1 }
                    return job
                }
                condition.wait()
            }
            return nil
        }
    }

    private func pageEnded() {
        condition.withLock { pagesInWork -= 1 }
        condition.signal()
    }
}
