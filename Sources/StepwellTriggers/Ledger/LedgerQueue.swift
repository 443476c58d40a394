import Foundation
import StepwellEngine

/// What waits to be decided.
// Safe: the variables are read and written only while `condition` is locked.
final class LedgerQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private let capacity: Int
    private var jobs: [LedgerJob] = []
    private var isClosed = false
    private var isEnded = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isWorking = false

    /// A queue that refuses what comes when so many jobs wait.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Adds a job, or refuses it.
    func add(_ job: LedgerJob) {
        let refusal = condition.withLock { () -> ServiceError? in
            if isClosed { return .shuttingDown }
            if jobs.count >= capacity { return .throttled }
            jobs.append(job)
            return nil
        }
        if let refusal { job.refuse(refusal) } else { condition.signal() }
    }

    /// Everything that waits, as soon as there is something; nil when there will be nothing more.
    func take() -> [LedgerJob]? {
        let (taken, ended) = condition.withLock { () -> ([LedgerJob]?, [Waiter]) in
            isWorking = true
            while jobs.isEmpty, !isClosed { condition.wait() }
            guard jobs.isEmpty else {
                defer { jobs = [] }
                return (jobs, [])
            }
            isEnded = true
            defer { waiting = [] }
            return (nil, waiting)
        }
        for waiter in ended { waiter.resume() }
        return taken
    }

    private typealias Waiter = CheckedContinuation<Void, Never>

    /// Refuses what comes from now on; returns when everything before has been dealt with.
    ///
    /// What nobody takes, since work never began, is refused.
    func close() async {
        let left = condition.withLock {
            isClosed = true
            let left = isWorking ? [] : jobs
            if !isWorking { jobs = [] }
            return left
        }
        condition.broadcast()
        for job in left { job.refuse(.shuttingDown) }
        await withCheckedContinuation { continuation in
            let isOver = condition.withLock {
                if isEnded || !isWorking { return true }
                waiting.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
