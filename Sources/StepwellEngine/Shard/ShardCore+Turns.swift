import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Makes one turn of an execution and puts it in the open batch.
    func turn(
        _ resident: ResidentExecution,
        _ input: Input,
        at now: Timestamp
    ) -> StepOutcome {
        builder.reset()
        let outcome = resident.state.step(input, at: now, into: &builder)
        sliceSteps += TurnBudget.standard.steps - builder.budget.steps
        guard case .accepted = outcome else { return outcome }
        conclude(resident)
        return outcome
    }

    /// Puts the turn in the builder, which the state is behind, in the open batch.
    func conclude(_ resident: ResidentExecution) {
        resident.isPutOff = builder.isPutOff
        resident.parsedBytes += builder.parsedBytes
        count(builder.records)
        record(resident)
        let effects = builder.effects
        for effect in effects {
            perform(effect, of: resident)
        }
        schedule(resident)
    }

    private func count(_ records: [Record]) {
        for record in records {
            switch record.body {
            case .event(let event):
                if case .stateEntered = event.body { counts.transitions += 1 }
            case .input(.start): counts.starts += 1
            // "Execution redrives are considered as state transitions" (developer guide).
            case .input(.redrive): counts.transitions += 1
            case .input, .engine: break
            }
        }
    }

    /// Encodes the turn in the builder behind the execution's head.
    private func record(_ resident: ResidentExecution) {
        let head = resident.head
        let turn = Turn(
            execution: resident.number,
            semantics: resident.state.semantics,
            time: resident.state.lastTime,
            firstOrdinal: head.lastOrdinal.advanced(by: 1),
            firstEventID: head.lastEventID + 1,
            records: builder.records,
            summary: resident.state.summary
        )
        let (bytes, digest) = TurnCodec.encode(
            turn,
            previous: head.digest,
            shard: store.identity.shard
        )
        countOpen(resident.head, after: turn.summary)
        resident.head.summary = turn.summary
        resident.head.lastOrdinal = resident.state.lastOrdinal
        resident.head.lastEventID = resident.state.lastEventID
        resident.head.stopDate = resident.state.stopTime
        resident.head.redriveCount = resident.state.redriveCount
        resident.head.redriveDate = resident.state.redriveDate
        resident.head.digest = digest
        resident.tailBytes += bytes.count
        open.append(EncodedTurn(bytes: bytes, head: resident.head, claim: resident.claim))
        resident.claim = nil
        if resident.lastBatch != open.number {
            resident.lastBatch = open.number
            undurable.append((resident.number, open.number))
        }
        resident.isRecent = true
        snapshotIfDue(resident)
        residents.weigh(resident)
    }

    /// Queues what the state asks for next, and tells those who watch it.
    private func schedule(_ resident: ResidentExecution) {
        queueTimer(of: resident)
        if resident.head.summary.status == .running {
            makeReady(resident)
        } else {
            for command in deferred.remove(for: resident.number) {
                emitRefusal(command, by: resident)
            }
        }
        notifyWatches(of: resident)
    }

    /// Puts an execution whose turn ended at its budget behind the others; one whose decision was
    /// put off waits for that to be made elsewhere.
    func makeReady(_ resident: ResidentExecution) {
        guard resident.head.summary.isRunnable else { return }
        let wasReady = resident.isReady
        resident.isReady = true
        if resident.isPutOff {
            if putOff[resident.number] == nil { putOff(resident) }
        } else if !wasReady {
            ready.append(resident.number)
        }
    }

    /// Gives executions whose turn ended at its budget another turn, in order, a few at a time.
    func continueTurns(at now: Timestamp) {
        for _ in 0..<min(limits.continuationsPerSlice, ready.count) where !isSliceSpent {
            guard let number = ready.popFirst() else { return }
            if let resident = residents[number] {
                continueTurn(of: resident, at: now)
            } else if putOff[number] == nil, !stage.isExpected(number) {
                recovery.append(number)
            }
        }
    }

    private func continueTurn(of resident: ResidentExecution, at now: Timestamp) {
        resident.isReady = false
        if endIfDeleted(resident, before: .continueTurn, at: now) { return }
        if case .refused = turn(resident, .continueTurn, at: now) {
            logger.debug(
                "nothing to continue",
                metadata: ["execution": "\(resident.number.rawValue)"]
            )
        }
        retryDeferred(of: resident, at: now)
    }

    /// Snapshots the state when so much was written since the last that reading it all again
    /// would take longer than decoding.
    ///
    /// Of an execution that is over nobody asks but for its Map Runs, in descriptions and redrives:
    /// without any its snapshot is let go of, else a last one is taken.
    private func snapshotIfDue(_ resident: ResidentExecution) {
        let isClosed = resident.head.summary.status != .running
        if isClosed, resident.state.mapRuns.isEmpty {
            guard resident.snapshotBytes > 0 else { return }
            resident.snapshotBytes = 0
            return open.dropSnapshot(of: resident.number)
        }
        // The last one takes the place of one with items and inputs that nobody needs any more.
        let isOutdated = isClosed && resident.snapshotBytes > 0 && !resident.hasLastSnapshot
        let most = isClosed ? 0 : 2 * resident.snapshotBytes
        guard isOutdated || resident.tailBytes > max(limits.snapshotFloorBytes, most) else {
            return
        }
        let bytes = StateSnapshot.encode(resident.state)
        resident.hasLastSnapshot = isClosed
        resident.snapshotBytes = bytes.count
        resident.tailBytes = 0
        open.append(
            StoredSnapshot(
                execution: resident.number,
                ordinal: resident.head.lastOrdinal,
                bytes: bytes
            )
        )
    }
}
