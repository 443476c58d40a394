import DequeModule
import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Forgets what has become durable: fresh names, and closed executions altogether.
    func retire() {
        let durable = watermark.durable
        while let first = undurable.first, first.batch <= durable {
            undurable.removeFirst()
            // Of a start that was refused too the batch is durable: it is forgotten elsewhere.
            guard let resident = present(first.execution), resident.lastBatch <= durable,
                !committer.isRefused(first.execution)
            else { continue }
            if resident.isFresh, let start = resident.state.start {
                resident.isFresh = false
                freshNames[ByteKey(start.executionARN)] = nil
            }
            if resident.head.summary.status != .running, resident.pins == 0 {
                residents.remove(first.execution)
            }
            if resident.isPutOff { relieve(resident) }
        }
        if failuresInARow > 0, durable > lastFailedBatch { noteRecovery() }
    }

    /// Lets go of states that were not used lately while there are more than may be.
    func evict() {
        // Read once: `retire` has forgotten the fresh names up to some watermark, and the watermark
        // may have risen since; a fresh execution is not let go before its name is forgotten.
        residents.evict(limits, durable: watermark.durable)
    }
}
