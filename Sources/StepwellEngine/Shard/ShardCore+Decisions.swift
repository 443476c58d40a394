import DequeModule
import StepwellHistory
import StepwellInterpreter

/// Decisions that take long are made beside the turn thread, so that no definition holds it for
/// more than a few milliseconds.
///
/// The execution leaves memory when its decision is put off, as if it were being read: whatever
/// comes in for it waits as for a load, and nobody else does. It is handed over when all of it is
/// durable.
extension ShardCore {
    /// How many executions with put-off decisions are looked at at once.
    private static let looks = 64

    /// An execution whose state is in memory, found there by others or on its way out.
    func present(_ number: ExecutionNumber) -> ResidentExecution? {
        residents[number] ?? putOff[number]
    }

    /// Has an execution wait for its decision to be made elsewhere.
    func putOff(_ resident: ResidentExecution) {
        residents.remove(resident.number)
        putOff.append(resident)
        stage.expect(resident.number)
    }

    /// Has decisions that were put off made, as many as may be at once.
    func handOver(at now: Timestamp) {
        var looks = Self.looks
        while looks > 0, stage.decisionCount < limits.decisionsAtOnce,
            let (number, state) = putOff.popFirst()
        {
            looks -= 1
            guard let resident = state else {
                stage.ask(LongDecision(of: number, on: nil, asking: builder, in: self))
                continue
            }
            guard mayLeave(resident) else {
                putOff.append(resident)
                if putOff.first(1).first == number { return }
                continue
            }
            if endIfDeleted(resident, before: .continueTurn, at: now)
                || !resident.head.summary.isRunnable
            {
                comeBack(resident)
                continue
            }
            stage.ask(LongDecision(of: number, on: resident.loaded, asking: builder, in: self))
        }
    }

    /// Whether a decision that was put off can be handed over now.
    var canHandOver: Bool {
        guard !putOff.isEmpty, stage.decisionCount < limits.decisionsAtOnce else { return false }
        return putOff.first(Self.looks).contains { putOff[$0].map(mayLeave) ?? true }
    }

    /// Whether all of an execution is durable, and known to be there at all.
    private func mayLeave(_ resident: ResidentExecution) -> Bool {
        resident.lastBatch <= watermark.durable && !resident.isFresh && resident.pins == 0
            && !committer.isRefused(resident.number)
    }

    /// Lets go of the state of an execution that has become durable while many wait.
    func relieve(_ resident: ResidentExecution) {
        guard putOff.byteCount > limits.residentBytes / 8, putOff[resident.number] != nil,
            mayLeave(resident)
        else { return }
        putOff.letGo(of: resident.number)
    }

    /// Lets an execution in again, which has something else to do by now, or nothing.
    private func comeBack(_ resident: ResidentExecution) {
        resident.isReady = false
        residents.insert(resident)
        replayWaiting(for: resident)
        makeReady(resident)
    }

    /// Stops an execution that waits for its decision: that takes none.
    ///
    /// - Returns: false when it does not wait, or not with its state in memory.
    func stopPutOff(_ command: InputCommand, at now: Timestamp) -> Bool {
        guard case .stop = command.input, let resident = putOff.remove(command.execution) else {
            return false
        }
        resident.isReady = false
        residents.insert(resident)
        replayWaiting(for: resident)
        give(command, to: resident, at: now)
        makeReady(resident)
        return true
    }

    /// Lets an execution in again, with the turn that was made of it.
    func take(_ number: ExecutionNumber, _ result: Result<LongDecision?, LoadFailure>) {
        switch result {
        case .failure(let failure): setAside(number, failure)
        case .success(nil): lack(number)
        case .success(let decision?):
            guard case .running = mode, decision.generation == generation,
                let execution = decision.execution
            else { return stage.read(number) }
            let resident = admit(execution)
            guard decision.isAccepted else { return }
            builder = decision.builder
            conclude(resident)
            retryDeferred(of: resident, at: timeline.now)
        }
    }
}
