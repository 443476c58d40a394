import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// What each kind of record says of visits, parts and branches.
extension ExecutionStory {
    /// A timer has fired: the wait, or the rest before a retry, is over.
    mutating func noteFired(_ change: StoryChange) {
        guard let branch = change.fired, let visit = openPlace(in: branch) else { return }
        guard let part = visits[visit].openPart else { return }
        switch parts[part].kind {
        case .wait: endPart(of: visit, .succeeded)
        case .backoff:
            endPart(of: visit, .succeeded)
            setBackingOff(visit, false)
        case .attempt, .child: return
        }
        branches[Int(branch.rawValue)].since = moment
    }

    mutating func note(_ engine: EngineRecord, _ record: Record, _ change: StoryChange) {
        guard let visit = openPlace(in: record.branch) else { return }
        let branch = Int(record.branch.rawValue)
        switch engine {
        case .timerArmed(.wait, let due):
            beginPart(.wait, of: visit, due: due)
            branches[branch].since = moment
        case .retryScheduled(_, _, _, let due):
            visits[visit].failure = change.failure
            visits[visit].attempts += 1
            tallies[visits[visit].state.value].retries += 1
            setBackingOff(visit, true)
            beginPart(.backoff, of: visit, due: due)
            if let part = visits[visit].openPart { parts[part].error = change.failure?.error }
            branches[branch].since = moment
        case .branchFailed:
            visits[visit].failure = change.failure
            close(visit, .failed)
        case .stateFailed(let failure, _):
            visits[visit].failure = failure
        default: break
        }
    }

    mutating func note(_ event: HistoryEvent, _ record: Record, _ change: StoryChange) {
        let branch = Int(record.branch.rawValue)
        if case .stateEntered = event.body, branches.indices.contains(branch) {
            open(event, record)
        }
        let visit = openPlace(in: record.branch)
        add(event, record, visit: isOfExecution(event.body) ? nil : visit)
        if let visit { note(event.body, of: visit, change) }
        if event.isProgress, branches.indices.contains(branch) { branches[branch].since = moment }
        switch event.body {
        case .executionFailed(let failure): closeAll(.aborted, root: .failed, failure)
        case .executionAborted(let failure): closeAll(.aborted, root: .aborted, failure)
        case .executionTimedOut(let failure): closeAll(.timedOut, root: .timedOut, failure)
        case .executionRedriven: reopen()
        default: break
        }
    }

    private func isOfExecution(_ body: HistoryEventBody) -> Bool {
        switch body {
        case .executionStarted, .executionSucceeded, .executionFailed, .executionAborted,
            .executionTimedOut, .executionRedriven:
            true
        default: false
        }
    }

    private mutating func note(
        _ body: HistoryEventBody,
        of visit: Int,
        _ change: StoryChange
    ) {
        switch body {
        case .stateExited:
            visits[visit].hasOutput = true
            visits[visit].failure = change.failure
            close(visit, change.isCaught ? .caught : .succeeded)
        case .parallelStateStarted: addChildren(of: visit)
        case .mapStateStarted(let length): addChildren(of: visit, length)
        case .stateAborted: close(visit, .aborted)
        case .mapIteration(.failed, _):
            visits[visit].failure = change.failure
            close(visit, .failed)
        case .mapIteration(.aborted, _): close(visit, .aborted)
        case .mapRun(let event): note(event, of: visit)
        case .task(let event): note(event, of: visit)
        case .activity(let event): note(event, of: visit)
        case .lambdaFunction(let event): note(event, of: visit)
        case .evaluationFailed(let details): visits[visit].failure = details.failure
        default: break
        }
    }

    /// A Parallel state has as many branches as it has, a Map state so many iterations.
    private mutating func addChildren(of visit: Int, _ length: Int? = nil) {
        let place = visits[visit].state
        var count = length ?? 0
        switch definition[place].kind {
        case .parallel(let fields): count = fields.branches.count
        case .map(let fields) where fields.mode == .distributed: return
        default: break
        }
        var counts = childCounts[place.value] ?? ChildCounts()
        counts.count += count
        childCounts[place.value] = counts
    }

    private mutating func note(_ event: MapRunEvent, of visit: Int) {
        switch event {
        case .started(let arn), .redriven(let arn, _):
            beginPart(.child, of: visit)
            if let part = visits[visit].openPart { parts[part].childARN = arn }
        case .succeeded: endPart(of: visit, .succeeded)
        case .failed(let failure): endPart(of: visit, .failed, failure)
        case .aborted: endPart(of: visit, .aborted)
        }
    }

    private mutating func note(_ event: TaskEvent, of visit: Int) {
        switch event {
        case .scheduled: beginPart(.attempt, of: visit)
        case .started: break
        case .submitted(let resource, let output), .succeeded(let resource, let output):
            if resource.startsExecution, let part = visits[visit].openPart,
                let arn = output.executionARN
            {
                parts[part].kind = .child
                parts[part].childARN = arn
            }
            if case .succeeded = event { endPart(of: visit, .succeeded) }
        case .startFailed(_, let failure), .submitFailed(_, let failure), .failed(_, let failure):
            endPart(of: visit, .failed, failure)
        case .timedOut(_, let failure): endPart(of: visit, .timedOut, failure)
        }
    }

    private mutating func note(_ event: ActivityEvent, of visit: Int) {
        switch event {
        case .scheduled: beginPart(.attempt, of: visit)
        case .started(let worker):
            if let part = visits[visit].openPart { parts[part].workerName = worker }
        case .succeeded: endPart(of: visit, .succeeded)
        case .scheduleFailed(let failure): failUnscheduled(visit, failure)
        case .failed(let failure): endPart(of: visit, .failed, failure)
        case .timedOut(let failure): endPart(of: visit, .timedOut, failure)
        }
    }

    private mutating func note(_ event: LambdaFunctionEvent, of visit: Int) {
        switch event {
        case .scheduled: beginPart(.attempt, of: visit)
        case .started: break
        case .succeeded: endPart(of: visit, .succeeded)
        case .scheduleFailed(let failure): failUnscheduled(visit, failure)
        case .startFailed(let failure), .failed(let failure):
            endPart(of: visit, .failed, failure)
        case .timedOut(let failure): endPart(of: visit, .timedOut, failure)
        }
    }

    private mutating func failUnscheduled(_ visit: Int, _ failure: Failure) {
        beginPart(.attempt, of: visit)
        endPart(of: visit, .failed, failure)
    }
}

extension HistoryEvent {
    /// Whether the branch of the event waits for something else after it.
    fileprivate var isProgress: Bool {
        // Of the branch of a Map state: its iterations come and go, it waits for all of them.
        if case .mapIteration(.started, _) = body { return false }
        return true
    }
}

extension TaskResource {
    /// Whether it is the one that starts an execution of this engine.
    fileprivate var startsExecution: Bool {
        (resourceType.utf8.elementsEqual("states".utf8)
            || resourceType.utf8.elementsEqual("aws-sdk:sfn".utf8))
            && resource.utf8.starts(with: "start".utf8)
    }
}
