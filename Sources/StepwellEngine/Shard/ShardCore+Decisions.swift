import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter

/// Decisions that take long are made beside the turn thread, so that no definition holds it for
/// more than a few milliseconds.
///
/// The execution leaves memory for that time, as if it were being read: whatever comes in for it
/// waits as for a load, and nobody else does.
extension ShardCore {
    /// How many executions with put-off decisions are looked at at once.
    private static let looks = 64

    /// Has decisions that were put off made, as many as may be at once.
    func handOver(at now: Timestamp) {
        var looks = min(putOff.count, Self.looks)
        while looks > 0, stage.decisionCount < limits.decisionsAtOnce,
            let number = putOff.popFirst()
        {
            looks -= 1
            guard let resident = residents[number] else {
                recovery.append(number)
                continue
            }
            guard resident.isPutOff, resident.head.summary.isRunnable else {
                // Something else came of it meanwhile.
                resident.isReady = false
                makeReady(resident)
                continue
            }
            guard mayLeave(resident) else {
                putOff.append(number)
                continue
            }
            resident.isReady = false
            if endIfDeleted(resident, before: .continueTurn, at: now) { continue }
            residents.remove(number)
            stage.ask(LongDecision(resident.loaded, at: now, asking: builder))
        }
    }

    /// Whether a decision that was put off can be handed over now.
    var canHandOver: Bool {
        stage.decisionCount < limits.decisionsAtOnce
            && putOff.prefix(Self.looks).contains { number in
                residents[number].map { mayLeave($0) || !$0.isPutOff } ?? true
            }
    }

    /// Whether an execution can be out of memory: all of it is durable, and nothing in hand needs
    /// it.
    private func mayLeave(_ resident: ResidentExecution) -> Bool {
        resident.lastBatch <= watermark.durable && !resident.isFresh && resident.pins == 0
    }

    /// Lets an execution in again, with the turn that was made of it.
    func take(_ decision: LongDecision) {
        guard case .running = mode else { return stage.giveUp(decision) }
        let resident = admit(decision.execution)
        guard decision.isAccepted else { return }
        builder = decision.builder
        conclude(resident)
        retryDeferred(of: resident, at: timeline.now)
    }
}
