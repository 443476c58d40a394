import DequeModule
import Logging
import StepwellHistory

extension ShardCore {
    /// A commit failed, or its outcome is unknown: nothing above the watermark is known to have
    /// happened.
    ///
    /// Callers are told; every state touched since is dropped and read again from the store; the
    /// shard goes on after a rest, or becomes read-only when the store is damaged or lost.
    package func commitFailed(_ error: StoreError, at reading: ClockReading) {
        follow(reading)
        generation += 1
        failuresInARow += 1
        if error.code == .full { fullFailure = error }
        condition.update { condition in
            condition.commitFailure = error
            if error.code == .full { condition.full = error }
        }
        lastFailedBatch = open.number
        let failure = ServiceError.storeUnavailable(error)
        for output in watermark.takeAll() + open.seal(generation: generation, fence: fence).outputs
        {
            output.output.release(to: performer, failure: failure)
        }
        logger.error(
            "commit failed",
            metadata: ["error": "\(error)", "failures": "\(failuresInARow)"]
        )
        switch error.code {
        case .full, .failed, .unknown:
            restAfterFailure()
            mode = .reloading(error)
            dropDoubtful()
            reload()
        case .fenced, .damaged, .contradiction, .inUse, .unusable:
            becomeReadOnly(error)
        }
    }

    /// Ends all work of this shard for good, and tells everyone who waits for it.
    private func becomeReadOnly(_ error: StoreError) {
        mode = .readOnly(error)
        condition.update { $0.readOnly = error }
        logger.critical("nothing is written any more", metadata: ["error": "\(error)"])
        let failure = ServiceError.storeUnavailable(error)
        for poll in activities.removeAllPollers() { poll.reply(.failure(failure)) }
        for watch in watches.removeAll() { watch.reply(.failure(failure)) }
        failAllDeferred(failure)
        refuseParked(failure)
    }

    /// Asks the store what became of what a failing commit has made doubtful.
    func reload() {
        guard !isReloading else { return }
        isReloading = true
        let next = catalogHead.lastOrdinal.advanced(by: 1)
        stage.ask(.doubtful(doubtful, catalogFrom: next))
    }

    /// Goes on with what the store has, or asks again after a rest.
    func takeDoubtful(_ result: Result<DoubtfulExecutions, StoreError>) {
        isReloading = false
        guard case .reloading = mode else { return }
        do throws(StoreError) {
            try takeUp(result.get())
            mode = .running
            for held in stage.takeHeld() { replay.append((nil, .message(held))) }
        } catch {
            logger.error("the store cannot be read", metadata: ["error": "\(error)"])
            switch error.code {
            case .full, .failed, .unknown:
                rest(milliseconds: limits.longestRestMilliseconds)
                refuseParked(.storeUnavailable(error))
            case .fenced, .damaged, .contradiction, .inUse, .unusable: becomeReadOnly(error)
            }
        }
    }

    /// Commits succeed again.
    func noteRecovery() {
        failuresInARow = 0
        condition.update { $0.commitFailure = nil }
    }

    /// Whether it is not known that commits succeed again, and nothing else is about to show it.
    var isProofDue: Bool {
        failuresInARow > 0 && open.isEmpty && open.number == lastFailedBatch + 1
    }

    /// The store's word that it is full, until it has room for starts again.
    func fullStore() -> StoreError? {
        guard let full = fullFailure else { return nil }
        if store.hasRoomForStarts {
            fullFailure = nil
            condition.update { $0.full = nil }
            return nil
        }
        return full
    }

    private func restAfterFailure() {
        let doublings = min(failuresInARow - 1, 16)
        let length = min(
            limits.shortestRestMilliseconds << Int64(doublings),
            limits.longestRestMilliseconds
        )
        rest(milliseconds: length)
    }

    /// Drops every state with a turn above the watermark.
    private func dropDoubtful() {
        let durable = watermark.durable
        var dropped = Set(doubtful)
        for (execution, batch) in undurable where batch > durable { dropped.insert(execution) }
        undurable.removeAll { $0.batch > durable }
        doubtful = dropped.sorted()
        for number in doubtful {
            residents.remove(number)
            if putOff.remove(number) != nil { abandoned.append(number) }
            failDeferred(of: number)
        }
        ready.removeAll { dropped.contains($0) }
        freshNames = freshNames.filter { !dropped.contains($0.value) }
        activities.forget(dropped, durable: durable)
        revertCatalog()
    }

    /// Takes up what the store has of what was doubtful.
    private func takeUp(_ found: DoubtfulExecutions) throws(StoreError) {
        try followCatalog(found.catalogTurns)
        openExecutions = found.openExecutions
        // A number that was given to a start that was refused is not given again.
        let newest = found.newest ?? .catalog
        nextNumber = max(nextNumber, ExecutionNumber(newest.rawValue + 1))
        doubtful = []
        for number in abandoned { stage.read(number) }
        abandoned = []
        for (number, head) in found.heads {
            guard let head else {
                timers.set(nil, for: number)
                for watch in watches.removeAll(of: number) {
                    watch.reply(.success(.unknownExecution))
                }
                continue
            }
            timers.set(head.summary.nextDue, for: number)
            if head.summary.isRunnable || head.summary.pendingTasks > 0 { recovery.append(number) }
            for watch in watches.take(answeredBy: head) {
                watch.reply(
                    .success(.reached(head.lastOrdinal, status: head.summary.status))
                )
            }
        }
    }

    private func failDeferred(of number: ExecutionNumber) {
        for command in deferred.remove(for: number) {
            command.reply(.failed(.storeUnavailable(StoreError(.failed, "A commit failed."))))
        }
    }

    /// Answers everyone who still waits; the shard is about to end.
    package func close() {
        let error = ServiceError.shuttingDown
        for poll in activities.removeAllPollers() { poll.reply(.success(nil)) }
        for watch in watches.removeAll() { watch.reply(.failure(error)) }
        failAllDeferred(error)
        refuseParked(error)
    }

    private func failAllDeferred(_ error: ServiceError) {
        for command in deferred.removeAll() { command.reply(.failed(error)) }
    }
}

extension ShardMessage {
    /// Tells the sender that nothing came of it.
    func refuse(_ error: ServiceError) {
        switch self {
        case .start(let command): command.reply(.failure(error))
        case .input(let command): command.reply(.failed(error))
        case .redrive(let command): command.reply(.failure(error))
        case .watch(let command): command.reply(.failure(error))
        case .poll(let command): command.reply(.failure(error))
        case .cancel, .handBack, .loaded: break
        case .child(let command): command.reply(.failed(error))
        case .state(let command): command.refuse(error)
        case .recall(let command): command.reply(.failure(error))
        case .catalog(.change(_, let reply)): reply(.failure(error))
        case .catalog(.read(let reply)): reply(.failure(error))
        }
    }
}
