package import Logging
package import StepwellEngine
import Synchronization

/// Decides changes of the triggers one after the other, and makes them durable in groups: what was
/// asked while one group was being committed is the next.
///
/// Everything is answered when all that was decided before is durable, so that nobody is told what
/// a crash could undo.
package final class TriggerLedger: Sendable {
    private let store: any TriggerStore
    private let components: [any TriggerComponent]
    private let queue: LedgerQueue
    private let logger: Logger

    /// A ledger over a store, with everything that is kept there loaded.
    ///
    /// - Throws: `StoreError` when the store cannot be read.
    package init(
        store: any TriggerStore,
        components: [any TriggerComponent],
        logger: Logger
    ) throws(StoreError) {
        self.store = store
        self.components = components
        self.logger = logger
        queue = LedgerQueue(capacity: 4_096)
        for component in components { try component.load(from: store) }
    }

    /// Begins to decide; before, whatever is asked waits.
    package func start() {
        EngineThread.start("stepwell-triggers") { self.work() }
    }

    /// Has something decided on the ledger's thread and answers when it is durable.
    ///
    /// `decide` reads and changes components' state and says the same to the batch. It is brief,
    /// waits for nothing, and changes nothing when it throws. When the commit fails, what it did
    /// is undone by loading the components again.
    ///
    /// - Throws: What `decide` throws; `ThrottlingException` when too much waits,
    ///   `ServiceUnavailable` when it could not be made durable or the ledger is closed.
    package func commit<Value: Sendable>(
        _ decide: @escaping @Sendable (inout TriggerBatch) throws(ServiceError) -> Value
    ) async throws(ServiceError) -> Value {
        let result = await withCheckedContinuation { continuation in
            let job = LedgerJob { batch in
                let result: Result<Value, ServiceError>
                do throws(ServiceError) {
                    result = .success(try decide(&batch))
                } catch {
                    result = .failure(error)
                }
                return LedgerAnswer { failure in
                    continuation.resume(returning: failure.map { .failure($0) } ?? result)
                }
            } refuse: { error in
                continuation.resume(returning: Result<Value, ServiceError>.failure(error))
            }
            queue.add(job)
        }
        return try result.get()
    }

    /// Takes nothing more, and returns when what was asked before has been answered.
    package func close() async {
        await queue.close()
    }

    private func work() {
        var isStale = false
        while let jobs = queue.take() {
            if isStale { isStale = !reload() }
            guard !isStale else {
                let reason = "The triggers' store cannot be read."
                let error = ServiceError(code: "ServiceUnavailable", message: reason)
                for job in jobs { job.refuse(error) }
                continue
            }
            isStale = !perform(jobs)
        }
    }

    /// Decides jobs and commits what they decided; false when what is in memory may not be what is
    /// stored.
    private func perform(_ jobs: [LedgerJob]) -> Bool {
        var batch = TriggerBatch(over: store)
        let answers = jobs.map { $0.decide(&batch) }
        guard !batch.changes.isEmpty else {
            for answer in answers { answer.give(nil) }
            return true
        }
        do throws(StoreError) {
            try store.commit(batch.changes)
        } catch {
            logger.error("triggers: not committed: \(error)")
            let isLoaded = reload()
            for answer in answers { answer.give(.storeUnavailable(error)) }
            return isLoaded
        }
        for component in components { component.committed(batch.kinds) }
        for answer in answers { answer.give(nil) }
        return true
    }

    private func reload() -> Bool {
        do throws(StoreError) {
            for component in components { try component.load(from: store) }
            return true
        } catch {
            logger.error("triggers: what is stored cannot be read: \(error)")
            return false
        }
    }
}
