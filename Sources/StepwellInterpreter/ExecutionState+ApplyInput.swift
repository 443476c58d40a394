import StepwellHistory
import StepwellLanguage

extension ExecutionState {
    /// What an input changes before anything is decided about it.
    mutating func apply(_ input: Input, ordinal: Ordinal, at time: Timestamp) {
        switch input {
        case .start(let start):
            begin(start, at: time)
        case .taskStarted(let task, let worker):
            arrive(.started(workerName: worker), at: task)
        case .taskSubmitted(let task, let output):
            arrive(.submitted(output), at: task)
        case .taskSucceeded(let task, let output):
            arrive(.succeeded(output), at: task)
        case .taskFailed(let task, let failure):
            arrive(.failed(failure), at: task)
        case .taskSubmitFailed(let task, let failure):
            arrive(.submitFailed(failure), at: task)
        case .taskHeartbeat(let task):
            if let branch = tasks[task] { branches[branch].task?.lastHeartbeat = time }
        case .timerFired(let timer):
            fire(timer, at: time)
        case .stop(let failure):
            ending = .stopped(failure)
        case .raiseSemantics(let revision):
            semantics = revision
        case .continueTurn:
            break
        case .childClosed(let child, let outcome):
            close(child, outcome)
        case .childrenClosed(let children):
            for closed in children { close(closed.child, closed.outcome) }
        case .mapRunUpdated(let place, let update):
            self.update(mapRun: place, update)
        case .redrive(let clientToken):
            reopen(by: clientToken, at: time)
        case .itemsRead(let place, let page):
            takeItems(page, mapRun: place)
        case .itemsNotRead(let place, let order, let failure):
            failReading(order, mapRun: place, failure)
        case .resultsWritten(let place, let asked, let output, let count):
            takeResults(.written(output, count: count), asked: asked, mapRun: place)
        case .resultsNotWritten(let place, let asked, let failure):
            takeResults(.failed, asked: asked, mapRun: place, failure: failure)
        case .nestedStopped(let task):
            owedStops.remove(task)
        }
    }

    private mutating func begin(_ start: StartInput, at time: Timestamp) {
        self.start = start
        timeLimit = Self.timeLimit(definition, start)
        semantics = start.semantics
        startTime = time
        random = RandomStream(seed: start.seed)
        let root = definition[.root]
        branches.insert(
            Branch(
                id: .root,
                parent: nil,
                role: .root,
                previousEventID: 0,
                state: root.startAt,
                input: start.input
            )
        )
    }

    private mutating func arrive(_ arrival: TaskActivation.Arrival, at ordinal: Ordinal) {
        guard let branch = tasks[ordinal] else { return }
        changeTask(of: branch) { $0.arrivals.append(arrival) }
    }

    private mutating func fire(_ ordinal: Ordinal, at time: Timestamp) {
        guard let timer = timers.timer(ordinal) else { return }
        timers.remove(ordinal)
        switch timer.kind {
        case .wait:
            branches[timer.branch].phase = .waited
            ready.append(timer.branch)
        case .retry:
            branches[timer.branch].phase = .entered
            ready.append(timer.branch)
        case .taskTimeout:
            changeTask(of: timer.branch) {
                $0.timeoutTimer = nil
                $0.arrivals.append(.timedOut(isHeartbeat: false))
            }
        case .heartbeat:
            fireHeartbeat(of: timer.branch, at: time)
        case .executionTimeout:
            executionTimer = nil
            ending = .timedOut
        }
    }

    /// One heartbeat timer serves a task for its life: it is armed again when the task has shown
    /// life since.
    private mutating func fireHeartbeat(of branch: BranchID, at time: Timestamp) {
        changeTask(of: branch) { task in
            task.heartbeatTimer = nil
            if let due = task.heartbeatDue, due <= time {
                task.arrivals.append(.timedOut(isHeartbeat: true))
            }
        }
    }

    /// Changes a task so that records are due, and queues its branch unless some were due before.
    private mutating func changeTask(of id: BranchID, _ change: (inout TaskActivation) -> Void) {
        guard var task = branches[id].task else { return }
        let wasQueued = task.needsRecord
        branches[id].task = nil
        change(&task)
        branches[id].task = task
        if !wasQueued, task.needsRecord { ready.append(id) }
    }
}

extension TaskActivation {
    /// When the task has to have shown life again.
    var heartbeatDue: Timestamp? {
        dispatch.heartbeatInSeconds.map { seconds in
            lastHeartbeat.advanced(byMilliseconds: seconds.multipliedClamped(by: 1000))
        }
    }
}

extension Int64 {
    /// The product, kept within the range of `Int64`.
    func multipliedClamped(by factor: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        guard overflow else { return product }
        return (self < 0) == (factor < 0) ? .max : .min
    }
}
