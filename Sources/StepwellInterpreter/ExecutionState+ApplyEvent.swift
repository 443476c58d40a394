import StepwellHistory
import StepwellLanguage

extension ExecutionState {
    /// What an AWS event changes.
    mutating func apply(_ event: HistoryEvent, ordinal: Ordinal, branch id: BranchID) {
        switch event.body {
        case .mapIteration(let phase, let details):
            applyIteration(phase, details, event: event, branch: id)
        case .executionStarted:
            // The first state's events hang below nothing, not below ExecutionStarted.
            ready.append(.root)
        case .executionSucceeded(let output):
            close(.succeeded, at: event.timestamp)
            self.output = output
        case .executionFailed(let failure):
            close(.failed, at: event.timestamp)
            self.failure = failure
        case .executionAborted(let failure):
            close(.aborted, at: event.timestamp)
            self.failure = failure
        case .executionTimedOut(let failure):
            close(.timedOut, at: event.timestamp)
            self.failure = failure
        case .executionRedriven(let count):
            redrive(count: count, event: event)
        default:
            guard branches.contains(id) else { return }
            applyStateEvent(event, ordinal: ordinal, branch: id)
        }
    }

    private mutating func close(_ status: ExecutionStatus, at time: Timestamp) {
        self.status = status
        stopTime = time
        ending = nil
        executionTimer = nil
        for ordinal in tasks.keys.sorted() {
            if let task = tasks[ordinal].flatMap({ branches[$0].task }) { giveUp(task) }
        }
        for place in mapRuns.indices { endMapRun(place, .aborted, at: time) }
        tasks = [:]
        timers = TimerTable()
        ready = ReadyQueue()
    }

    private mutating func applyStateEvent(
        _ event: HistoryEvent,
        ordinal: Ordinal,
        branch id: BranchID
    ) {
        switch event.body {
        case .stateEntered(_, let details):
            branches[id].previousEventID = event.id
            branches[id].enteredEventID = event.id
            branches[id].beforeEntryEventID = event.previousEventID
            branches[id].enteredTime = event.timestamp
            branches[id].input = details.input
            branches[id].phase = .entered
            branches[id].isFresh = false
            ready.rotate()
        case .stateExited(_, let details):
            branches[id].previousEventID = event.id
            exit(details, branch: id)
        case .stateAborted:
            abortState(of: id, eventID: event.id)
        case .parallelStateStarted:
            startBranches(of: id, eventID: event.id)
        case .mapStateStarted(let length):
            startIterations(of: id, length: length, eventID: event.id)
        case .parallelStateSucceeded, .mapStateSucceeded:
            branches[id].phase = .resulted(nil)
            // Recorded: the exit of a distributed Map hangs below `MapRunStarted`, and below
            // `MapRunSucceeded` where the Map is the first state.
            if let place = branches[id].mapRun, branches[id].beforeEntryEventID != 0 {
                branches[id].previousEventID = mapRuns[place].startedEventID
            }
        case .parallelStateFailed, .mapStateFailed:
            branches[id].previousEventID = event.id
            let ended = frame(of: id).children ?? branches[id].ended
            let run = branches[id].mapRun
            leaveWork(of: id)
            branches[id].ended = ended
            branches[id].endedMapRun = run
        case .task(let task):
            applyTask(task, event: event, ordinal: ordinal, branch: id)
        case .activity(let activity):
            applyActivity(activity, event: event, ordinal: ordinal, branch: id)
        case .lambdaFunction(let function):
            applyFunction(function, event: event, ordinal: ordinal, branch: id)
        case .mapRun(let run):
            apply(run, of: event, branch: id)
        case .evaluationFailed:
            branches[id].previousEventID = event.id
        default:
            break
        }
    }

    private mutating func exit(_ details: StateExitedDetails, branch id: BranchID) {
        let state = definition[branches[id].state]
        if !details.assignedVariables.isEmpty {
            let byBytes = semantics >= Semantics.variableBytes
            branches.assign(details.assignedVariables, in: id, byBytes: byBytes)
        }
        let next = Self.nextState(after: state, phase: branches[id].phase)
        abandonMapRun(of: id)
        leaveWork(of: id)
        branches[id].retries = RetryCounters()
        if let next {
            branches[id].state = next
            branches[id].input = details.output
            branches[id].phase = .entering
            ready.rotate()
        } else {
            end(id, output: details.output)
        }
    }

    private static func nextState(after state: State, phase: Phase) -> StateIndex? {
        switch phase {
        case .chosen(let next, _): next
        case .caught(_, let catcher) where catcher < state.catchers.count:
            state.catchers[catcher].next
        default:
            if case .next(let next) = state.transition { next } else { nil }
        }
    }

    /// The last state of a branch has exited.
    ///
    /// A branch of a Parallel state ends without an event.
    private mutating func end(_ id: BranchID, output: Payload) {
        guard case .parallel(let index) = branches[id].role, let parent = branches[id].parent else {
            branches[id].phase = .ended(output)
            return
        }
        let cursor = branches[id].previousEventID
        drop(id)
        branches[parent].previousEventID = cursor
        branches[parent].children?.remove(id)
        branches[parent].children?.finish(index, output: output)
        if branches[parent].children?.isComplete == true {
            branches[parent].phase = .collected
            ready.append(parent)
        }
    }

    /// The state of a branch was aborted.
    ///
    /// An iteration stays until `MapIterationAborted`.
    private mutating func abortState(of id: BranchID, eventID: EventID) {
        guard let parent = branches[id].parent else { return leaveWork(of: id) }
        keepFrame(of: id, eventID: eventID)
        if case .iteration = branches[id].role {
            leaveWork(of: id)
            timers.removeAll { $0.branch == id }
            ready.remove(id)
            branches[id].phase = .aborted
        } else {
            drop(id)
            branches[parent].children?.remove(id)
        }
    }
}
