import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter

/// What is not in memory is read elsewhere; whoever needs it waits, and nobody else does.
extension ShardCore {
    /// What the shard wants read or decided now.
    ///
    /// The results come back as messages.
    package func takeLoads() -> [LoadRequest] { stage.takeRequests(limits, catalog) }

    /// The execution's state; nil when there is no such execution.
    ///
    /// Throws when it is not in memory: the message that is being dealt with then waits until it
    /// is, and is dealt with from its beginning. So nothing may be changed before the last call.
    func load(_ number: ExecutionNumber) throws(Missing) -> ResidentExecution? {
        if let resident = residents[number] {
            resident.isRecent = true
            attempt.pinned.append(number)
            return resident
        }
        guard number != .catalog, number < nextNumber, !attempt.absent.contains(number) else {
            return nil
        }
        if let entry = quarantine[number] { throw .unreadable(entry.error) }
        throw .state(number)
    }

    /// Deals with a message, or lets it wait for what it needs.
    func process(_ parked: ParkedMessage, at now: Timestamp) {
        guard isAwaited(parked) else { return }
        attempt = parked
        attempt.pinned.removeAll(keepingCapacity: true)
        do throws(Missing) {
            try dispatch(parked.message, at: now)
        } catch {
            park(error)
        }
    }

    private func park(_ reason: Missing) {
        if case .unreadable(let error) = reason {
            return attempt.message.refuse(.storeUnavailable(error))
        }
        guard mayWait(&attempt) else { return attempt.message.refuse(.throttled) }
        for number in attempt.pinned { present(number)?.pins += 1 }
        switch reason {
        case .state(let number): stage.park(.message(attempt), for: number, isUrgent: true)
        case .holder(let query): stage.park(attempt, for: query)
        case .unreadable: break
        }
    }

    /// Lets a message wait until it is known what became of a commit that failed.
    func hold(_ message: ShardMessage) {
        var parked = ParkedMessage(message)
        guard mayWait(&parked) else { return message.refuse(.throttled) }
        stage.hold(parked)
    }

    /// Whether a message may wait; as many do as may in the mailbox.
    private func mayWait(_ parked: inout ParkedMessage) -> Bool {
        guard stage.messageCount < limits.mailboxCapacity,
            stage.messageBytes < limits.mailboxBytes
        else { return false }
        parked.hasWaited = true
        if let id = parked.message.requestID { parkedRequests[id] = parked.message }
        return true
    }

    /// Something was read.
    func take(_ result: LoadResult) {
        stage.noteArrival(of: result)
        switch result {
        case .execution(_, .success(let loaded?)): arrive(loaded)
        case .execution(let number, .success(nil)): lack(number)
        case .execution(let number, .failure(let failure)): setAside(number, failure)
        case .holder(let query, .success(let head)):
            for parked in stage.take(query) {
                replay.append((nil, .message(parked.knowing(head, as: query.key))))
            }
        case .holder(let query, .failure(let error)):
            for parked in stage.take(query) { refuse(parked, .storeUnavailable(error)) }
        case .decided(let number, let result): take(number, result)
        case .doubtful(let result): takeDoubtful(result)
        case .timers(let page): takeTimers(page)
        case .unsettled(let page): takeUnsettled(page)
        }
    }

    /// Tells whoever waits for an execution that there is none.
    func lack(_ number: ExecutionNumber) {
        if quarantine.remove(number) { publishQuarantine() }
        for work in stage.take(number) {
            if let work = work.lacking(number) { replay.append((number, work)) }
        }
    }

    /// Lets an execution in; a running child of a Map Run only when it is known whether its run
    /// still wants it.
    private func arrive(_ loaded: LoadedExecution) {
        guard loaded.state.status == .running, let parent = loaded.state.start?.mapRun?.parent
        else {
            admit(loaded)
            return
        }
        if let resident = residents[parent] {
            resident.pins += 1
            replay.append((parent, .arrival(loaded)))
        } else if let entry = quarantine[parent] {
            let failure = LoadFailure(error: entry.error, head: loaded.head)
            setAside(loaded.head.execution, failure)
        } else {
            stage.park(.arrival(loaded), for: parent, isUrgent: true)
        }
    }

    /// Lets a running child in, and stops it when its Map Run does not wait for it: a crash came
    /// before the order to stop it.
    ///
    /// A parent records that it schedules a child before the child is started, so a child that its
    /// parent does not know of any more is not wanted.
    private func arrive(_ loaded: LoadedExecution, wantedBy parent: ResidentExecution?) {
        let child = admit(loaded)
        if let membership = child.state.start?.mapRun,
            parent?.state.isOpen(membership.child) != true
        {
            _ = turn(child, .stop(Failure(error: nil, cause: nil)), at: timeline.now)
        }
    }

    @discardableResult
    func admit(_ loaded: LoadedExecution) -> ResidentExecution {
        let resident = ResidentExecution(loaded)
        residents.insert(resident)
        replayWaiting(for: resident)
        return resident
    }

    /// Goes on with what waits for an execution that is in memory now.
    func replayWaiting(for resident: ResidentExecution) {
        var work = stage.take(resident.number)
        if quarantine.remove(resident.number) {
            publishQuarantine()
            work.append(.recovery)
        }
        for work in work {
            resident.pins += 1
            replay.append((resident.number, work))
        }
    }

    /// Leaves an execution alone that cannot be read, for a time of its own.
    func setAside(_ number: ExecutionNumber, _ failure: LoadFailure) {
        let rest = quarantine.add(number, failure, at: timeline.uptime)
        logger.error(
            "execution cannot be read and is quarantined",
            metadata: [
                "execution": "\(failure.head?.executionARN ?? String(number.rawValue))",
                "error": "\(failure.error)",
                "milliseconds": "\(rest)",
            ]
        )
        publishQuarantine()
        for work in stage.take(number) {
            switch work {
            case .message(let parked): refuse(parked, .storeUnavailable(failure.error))
            case .offer(let task, _): activities.endOffer(task)
            case .arrival(let child), .orphan(let child):
                setAside(
                    child.head.execution,
                    LoadFailure(error: failure.error, head: child.head)
                )
            // All of it is looked at when it can be read again.
            case .timer, .recovery, .look: break
            }
        }
    }

    private func publishQuarantine() {
        let (sample, count) = (quarantine.sample, quarantine.count)
        condition.update { condition in
            condition.quarantined = sample
            condition.quarantinedCount = count
        }
    }

    /// Tries again to read what was set aside long enough.
    func retryQuarantined() {
        while stage.hasRoom(limits), let number = quarantine.popDue(at: timeline.uptime) {
            stage.park(.recovery, for: number, isUrgent: false)
        }
    }

    /// Goes on with what waited for something that is there now, a bounded number at a time.
    func replayParked(at now: Timestamp) {
        var looks = 0
        while looks < limits.messagesPerSlice, !isSliceSpent, open.byteCount < limits.batchBytes,
            let (number, work) = replay.popFirst()
        {
            looks += 1
            if let number { unpin(number) }
            resume(work, of: number, at: now)
        }
    }

    private func resume(_ work: ParkedWork, of number: ExecutionNumber?, at now: Timestamp) {
        switch work {
        case .message(let parked):
            unpin(parked)
            return process(parked, at: now)
        case .arrival(let loaded):
            // Dropped meanwhile, the parent has to be read again.
            guard let number, let parent = residents[number] else { return arrive(loaded) }
            return arrive(loaded, wantedBy: parent)
        case .orphan(let loaded): return arrive(loaded, wantedBy: nil)
        case .offer(let task, let arn): return offer(task, of: arn, at: now)
        case .timer, .recovery, .look: break
        }
        guard let number else { return }
        // Let go of meanwhile, it has to be read again.
        guard let resident = residents[number] else { return recovery.append(number) }
        switch work {
        case .timer: _ = fire(resident, at: now, atMost: limits.timersPerSlice)
        case .recovery: takeUp(resident, at: now)
        case .message, .offer, .look, .arrival, .orphan: break
        }
    }

    /// Whether the sender of a message that waited still does: it may have been taken back.
    private func isAwaited(_ parked: ParkedMessage) -> Bool {
        guard parked.hasWaited, let id = parked.message.requestID else { return true }
        return parkedRequests.removeValue(forKey: id) != nil
    }

    private func refuse(_ parked: ParkedMessage, _ error: ServiceError) {
        unpin(parked)
        if isAwaited(parked) { parked.message.refuse(error) }
    }

    private func unpin(_ parked: ParkedMessage) {
        for number in parked.pinned { unpin(number) }
    }

    private func unpin(_ number: ExecutionNumber) {
        guard let resident = present(number), resident.pins > 0 else { return }
        resident.pins -= 1
    }

    /// Tells everyone whose message waits for something to be read.
    func refuseParked(_ error: ServiceError) {
        for parked in stage.takeMessages() { refuse(parked, error) }
        let waiting = replay
        replay = []
        for (number, work) in waiting {
            guard case .message(let parked) = work else {
                replay.append((number, work))
                continue
            }
            if let number { unpin(number) }
            refuse(parked, error)
        }
    }

    // MARK: Pages of the indexes

    /// Asks for more timers when those in memory run out.
    func askForTimers() {
        guard timers.needsPage, timeline.uptime >= pagesRestUntil else { return }
        timers.beginPage()
        // What is not durable yet is in no index.
        for (number, _) in undurable {
            if let resident = present(number) { queueTimer(of: resident) }
        }
        stage.ask(.timers(after: timers.place, looks: timers.pageLooks))
    }

    private func takeTimers(_ result: Result<QueryPage<DueRow>, StoreError>) {
        switch result {
        case .success(let page):
            noteReadable()
            timers.add(page)
            for row in page.rows where row.isMapRunChild && row.execution < firstNumber {
                suspectedOrphans.append(row.execution)
            }
        case .failure(let error):
            timers.giveUpPage()
            restPages(error)
        }
    }

    private func takeUnsettled(_ result: Result<QueryPage<ExecutionNumber>, StoreError>) {
        switch result {
        case .success(let page):
            noteReadable()
            recovery.add(page)
        case .failure(let error):
            recovery.giveUpPage()
            restPages(error)
        }
    }

    private func restPages(_ error: StoreError) {
        logger.error("an index could not be read", metadata: ["error": "\(error)"])
        condition.update { $0.indexFailure = error }
        pagesRestUntil = timeline.uptime + limits.longestRestMilliseconds
    }

    private func noteReadable() {
        if condition.current.indexFailure != nil { condition.update { $0.indexFailure = nil } }
    }
}

extension ParkedWork {
    /// The same, told that the execution it waited for is not there; nil when it is over then.
    fileprivate func lacking(_ number: ExecutionNumber) -> ParkedWork? {
        switch self {
        case .message(var parked):
            parked.absent.insert(number)
            return .message(parked)
        case .arrival(let child): return .orphan(child)
        case .offer, .orphan: return self
        case .timer, .recovery, .look: return nil
        }
    }
}

extension ParkedMessage {
    /// The same, told who has a name.
    func knowing(_ head: ExecutionHead?, as key: ByteKey) -> ParkedMessage {
        var parked = self
        parked.holders[key] = .some(head)
        return parked
    }
}
