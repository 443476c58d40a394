import DequeModule
import StepwellHistory
import Synchronization

/// Appends a shard's batches, and keeps apart what rests on turns that were refused.
///
/// An execution whose start was refused may have more turns in later batches: they are taken out
/// until the shard has heard of it and makes no more.
package final class Committer: Sendable {
    private struct State: Sendable {
        var refused: [ExecutionNumber: RefusedTurn.Reason] = [:]
        /// The newest batch that may hold turns of refused executions.
        var settled: Deque<(batch: UInt64, executions: [ExecutionNumber])> = []
    }

    private let state = Mutex(State())
    private let store: any EventStore
    private let watermark: Watermark

    init(store: any EventStore, watermark: Watermark) {
        self.store = store
        self.watermark = watermark
    }

    /// Makes a batch durable, raises the watermark and gives what follows.
    package func commit(_ batch: SealedBatch) throws(StoreError) -> CommitResult {
        var append = batch.batch
        let earlier = state.withLock { $0.refused }
        if !earlier.isEmpty {
            append.turns.removeAll { earlier[$0.head.execution] != nil }
            append.snapshots.removeAll { earlier[$0.execution] != nil }
        }
        let outcome = try store.append(append, fence: batch.fence)
        if !outcome.refused.isEmpty { note(outcome.refused) }
        let held = watermark.advance(to: batch.number)
        let refused = state.withLock { state in
            let refused = state.refused
            while let first = state.settled.first, first.batch <= batch.number {
                state.settled.removeFirst()
                for execution in first.executions { state.refused[execution] = nil }
            }
            return refused
        }
        return sort(held, refused: refused, new: outcome.refused)
    }

    /// Whether the start of an execution was refused.
    func isRefused(_ execution: ExecutionNumber) -> Bool {
        state.withLock { $0.refused[execution] != nil }
    }

    /// The shard has heard of refusals: no batch behind the one of this number has to do with them.
    func settle(_ executions: [ExecutionNumber], in batch: UInt64) {
        state.withLock { $0.settled.append((batch, executions)) }
    }

    private func note(_ turns: [RefusedTurn]) {
        state.withLock { state in
            for turn in turns where state.refused[turn.execution] == nil {
                state.refused[turn.execution] = turn.reason
            }
        }
    }

    private func sort(
        _ held: [HeldOutput],
        refused: [ExecutionNumber: RefusedTurn.Reason],
        new: [RefusedTurn]
    ) -> CommitResult {
        guard !refused.isEmpty || !new.isEmpty else {
            return CommitResult(outputs: held.map(\.output))
        }
        var result = CommitResult()
        var said: [ExecutionNumber: [ShardOutput]] = [:]
        for turn in new where said[turn.execution] == nil { said[turn.execution] = [] }
        for held in held {
            if let execution = held.execution, refused[execution] != nil {
                said[execution, default: []].append(held.output)
            } else {
                result.outputs.append(held.output)
            }
        }
        for execution in said.keys.sorted() {
            guard let reason = refused[execution] else { continue }
            let outputs = said[execution] ?? []
            result.refusals.append(Refusal(execution: execution, reason: reason, outputs: outputs))
        }
        return result
    }
}
