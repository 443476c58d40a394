extension TurnWriter {
    mutating func write(_ input: Input) {
        switch input {
        case .start(let start):
            write(start: start)
        case .taskStarted(let task, let worker):
            tag(.taskStarted)
            with { $0.writeVarint(task.rawValue) }
            optionalName(worker)
        case .taskSubmitted(let task, let output):
            tag(.taskSubmitted)
            with { $0.writeVarint(task.rawValue) }
            payload(output)
        case .taskSucceeded(let task, let output):
            tag(.taskSucceeded)
            with { $0.writeVarint(task.rawValue) }
            payload(output)
        case .taskFailed(let task, let failure):
            tag(.taskFailed)
            with { $0.writeVarint(task.rawValue) }
            self.failure(failure)
        case .taskSubmitFailed(let task, let failure):
            tag(.taskSubmitFailed)
            with { $0.writeVarint(task.rawValue) }
            self.failure(failure)
        case .taskHeartbeat(let task):
            tag(.taskHeartbeat)
            with { $0.writeVarint(task.rawValue) }
        case .timerFired(let timer):
            tag(.timerFired)
            with { $0.writeVarint(timer.rawValue) }
        case .stop(let failure):
            tag(.stop)
            self.failure(failure)
        case .continueTurn:
            tag(.continueTurn)
        case .raiseSemantics(let revision):
            tag(.raiseSemantics)
            with { $0.writeFixed(revision) }
        case .redrive(let clientToken):
            tag(.redrive)
            with { $0.writeOptionalString(clientToken) }
        case .nestedStopped(let task):
            tag(.nestedStopped)
            with { $0.writeVarint(task.rawValue) }
        case .childClosed, .childrenClosed, .mapRunUpdated, .itemsRead, .itemsNotRead,
            .resultsWritten,
            .resultsNotWritten:
            write(mapRun: input)
        }
    }

    private mutating func write(start: StartInput) {
        guard let mapRun = start.mapRun else {
            if let nested = start.nested {
                tag(.startOfNested)
                write(start)
                optionalName(start.testCase)
                with {
                    $0.writeVarint(nested.parent.rawValue)
                    $0.writeVarint(nested.task.rawValue)
                }
                return
            }
            if start.isSynchronous {
                tag(.startOfSyncExecution)
                write(start)
                optionalName(start.testCase)
                return
            }
            tag(start.testCase == nil ? .start : .startOfTestCase)
            write(start)
            if let testCase = start.testCase { name(testCase) }
            return
        }
        tag(.startOfMapRunChild)
        write(start)
        optionalName(start.testCase)
        name(mapRun.mapRunARN)
        with { $0.writeVarint(mapRun.parent.rawValue) }
        write(mapRun.child)
        name(mapRun.stateName)
    }

    private mutating func write(_ child: MapRunChild) { with { $0.write(child) } }

    private mutating func write(_ start: StartInput) {
        name(start.name)
        name(start.stateMachineARN)
        name(start.executionARN)
        with { $0.writeBytes(start.definition.bytes) }
        name(start.roleARN)
        payload(start.input)
        with {
            $0.writeBytes(start.seed)
            $0.writeFixed(start.semantics)
            $0.writeSigned(start.limits.historyEvents)
            $0.writeCount(start.limits.payloadBytes)
        }
        optionalName(start.traceHeader)
        optionalName(start.stateMachineAliasARN)
        optionalName(start.stateMachineVersionARN)
    }

    mutating func write(_ engine: EngineRecord) {
        switch engine {
        case .timerArmed(let kind, let due):
            tag(.timerArmed)
            with { $0.write(kind.rawValue) }
            distance(to: due)
        case .retryScheduled(let retrier, let attempt, let delay, let due):
            tag(.retryScheduled)
            with {
                $0.writeCount(retrier)
                $0.writeCount(attempt)
                $0.writeSigned(delay)
            }
            distance(to: due)
        case .catcherMatched(let index):
            tag(.catcherMatched)
            with { $0.writeCount(index) }
        case .ruleMatched(let index):
            tag(.ruleMatched)
            with { $0.writeOptional(index) { $0.writeCount($1) } }
        case .tokenMinted(let secret):
            tag(.tokenMinted)
            with { $0.writeBytes(secret) }
        case .randomDrawn(let purpose, let value):
            tag(.randomDrawn)
            with {
                $0.write(purpose.rawValue)
                $0.writeString(value)
            }
        case .itemsResolved(let items, let maxConcurrency):
            tag(.itemsResolved)
            payload(items)
            with { $0.writeCount(maxConcurrency) }
        case .stateFailed(let failure, let kind):
            tag(.stateFailed)
            self.failure(failure)
            with { $0.write(kind.rawValue) }
        case .taskRedelivered(let count, let worker):
            tag(.taskRedelivered)
            with { $0.writeCount(count) }
            optionalName(worker)
        case .semanticsRaised(let revision):
            tag(.semanticsRaised)
            with { $0.writeFixed(revision) }
        case .branchFailed:
            tag(.branchFailed)
        case .activityAbsent(let arn):
            tag(.activityAbsent)
            name(arn)
        case .handlerAbsent(let resource, let state):
            tag(.handlerAbsent)
            name(resource)
            name(state)
        case .activitiesExhausted(let limit):
            tag(.activitiesExhausted)
            with { $0.writeCount(limit) }
        case .mapRunPrepared, .childScheduled, .childRedriven, .mapRunConfigured,
            .batchScheduled, .resultsDue:
            write(mapRun: engine)
        }
    }
}

extension ByteWriter {
    /// How many, or what part, of a Map Run's items may fail.
    package mutating func writeTolerance(count: Int64?, percentage: Double?) {
        writeOptional(count) { $0.writeSigned($1) }
        writeOptional(percentage) { $0.writeFixed($1.bitPattern) }
    }
}
