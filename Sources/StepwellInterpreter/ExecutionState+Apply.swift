package import StepwellHistory
import StepwellLanguage

extension ExecutionState {
    /// Moves the state on by one record; the only mutation.
    ///
    /// Total: a record that does not fit (which only a damaged log can hold) changes nothing but
    /// the counters.
    package mutating func apply(_ record: Record, at time: Timestamp) {
        lastOrdinal = record.ordinal
        lastTime = time
        switch record.body {
        case .input(let input):
            apply(input, ordinal: record.ordinal, at: time)
        case .engine(let engine):
            guard branches.contains(record.branch) else { return }
            apply(engine, ordinal: record.ordinal, branch: record.branch, at: time)
        case .event(let event):
            lastEventID = event.id
            apply(event, ordinal: record.ordinal, branch: record.branch)
        }
    }

    private mutating func apply(
        _ engine: EngineRecord,
        ordinal: Ordinal,
        branch id: BranchID,
        at time: Timestamp
    ) {
        switch engine {
        case .timerArmed(let kind, let due):
            arm(kind, due: due, ordinal: ordinal, branch: id)
        case .retryScheduled(let retrier, _, _, let due):
            abandonMapRun(of: id)
            leaveWork(of: id)
            if retrier < definition[branches[id].state].retriers.count {
                branches[id].retries.increment(retrier)
            }
            branches[id].phase = .waiting(ordinal)
            timers.insert(ArmedTimer(ordinal: ordinal, due: due, kind: .retry, branch: id))
            ready.remove(id)
        case .catcherMatched(let index):
            guard case .failed(let failure) = branches[id].phase else { return }
            branches[id].phase = .caught(failure, catcher: index)
        case .ruleMatched(let index):
            applyRule(index, branch: id)
        case .tokenMinted(let secret):
            random.position += 1
            branches[id].token = MintedToken(ordinal: ordinal, secret: secret)
        case .randomDrawn:
            random.position += 1
        case .itemsResolved(let items, let maxConcurrency):
            branches[id].items = ResolvedItems(payload: items, maxConcurrency: maxConcurrency)
        case .stateFailed(let failure, let kind):
            branches[id].phase = .failed(StateFailure(failure, kind: kind))
            ready.remove(id)
            ready.prepend(id)
        case .branchFailed:
            failParent(of: id)
        case .taskRedelivered(let count, _):
            branches[id].task?.deliveries = min(count, Int(Int32.max))
            settleTask(of: id)
        case .semanticsRaised(let revision):
            semantics = revision
        case .activityAbsent, .handlerAbsent, .activitiesExhausted:
            break
        case .mapRunPrepared(let run, let count, let percentage):
            addMapRun(id: run, toleratedCount: count, toleratedPercentage: percentage, branch: id)
        case .childScheduled(let index, let input):
            scheduleChild(index, input: input, branch: id)
        case .batchScheduled(let index, let items, let input):
            scheduleChild(index, items: items, input: input, branch: id)
        case .childRedriven(let index):
            redriveChild(index, branch: id)
        case .mapRunConfigured(let plan):
            configureMapRun(plan, branch: id)
        case .resultsDue:
            askForResults(ordinal, branch: id)
        }
    }

    private mutating func arm(
        _ kind: TimerKind,
        due: Timestamp,
        ordinal: Ordinal,
        branch id: BranchID
    ) {
        timers.insert(ArmedTimer(ordinal: ordinal, due: due, kind: kind, branch: id))
        switch kind {
        case .wait:
            branches[id].phase = .waiting(ordinal)
            ready.remove(id)
        case .taskTimeout:
            branches[id].task?.timeoutTimer = ordinal
            parkTask(of: id)
        case .heartbeat:
            branches[id].task?.heartbeatTimer = ordinal
            parkTask(of: id)
        case .executionTimeout:
            executionTimer = ordinal
        case .retry:
            break
        }
    }

    private mutating func applyRule(_ index: Int?, branch id: BranchID) {
        guard case .choice(let fields) = definition[branches[id].state].kind else {
            return
        }
        if let index, index < fields.rules.count {
            branches[id].phase = .chosen(fields.rules[index].next, rule: index)
        } else if let next = fields.defaultNext {
            branches[id].phase = .chosen(next, rule: nil)
        }
    }

    /// A branch's failure becomes its parent's; the parent's next event hangs below the branch's
    /// last.
    mutating func failParent(of id: BranchID) {
        guard let parent = branches[id].parent else { return }
        var failure: StateFailure =
            if case .failed(let failure) = branches[id].phase { failure } else {
                StateFailure(Failure(error: ErrorName.branchFailed))
            }
        if failure.kind == .uncaught { failure.kind = .handled }
        let cursor = branches[id].previousEventID
        branches[parent].previousEventID = cursor
        branches[parent].phase = .failed(failure)
        ready.remove(id)
        ready.remove(parent)
        // Before its other branches go on: they are to be aborted.
        ready.prepend(parent)
    }

    /// Records of a task are made one after another; when none is due, the branch waits.
    mutating func parkTask(of id: BranchID) {
        guard let task = branches[id].task, !task.needsRecord else { return }
        if task.deliveries == 0, !task.kind.waitsForWorker { branches[id].task?.deliveries = 1 }
        ready.remove(id)
    }

    mutating func settleTask(of id: BranchID) {
        if branches[id].task?.arrivals.isEmpty == false {
            branches[id].task?.arrivals.removeFirst()
        }
        parkTask(of: id)
    }

    /// Ends whatever the branch's state has under way: its task, its timers, its children.
    mutating func leaveWork(of id: BranchID) {
        if let task = branches[id].task {
            tasks[task.dispatch.ordinal] = nil
            giveUp(task)
            branches[id].task = nil
            timers.removeAll { $0.branch == id && $0.kind != .executionTimeout }
        }
        branches[id].token = nil
        branches[id].items = nil
        leaveMapRun(of: id)
        branches[id].ended = nil
        if let children = branches[id].children {
            for child in children.live { drop(child) }
            branches[id].children = nil
        }
    }

    /// Removes a branch with everything below it.
    mutating func drop(_ id: BranchID) {
        guard branches.contains(id) else { return }
        leaveWork(of: id)
        timers.removeAll { $0.branch == id }
        ready.remove(id)
        branches.remove(id)
    }
}
