package import StepwellHistory
import StepwellLanguage

extension ExecutionState {
    /// Takes one input and decides everything that follows from it, to quiescence or to the
    /// builder's budget, record by record.
    ///
    /// The turn's time is `now`, or the time of the turn before if that is later. A refused input
    /// makes no record and changes nothing.
    package mutating func step(
        _ input: Input,
        at now: Timestamp,
        into builder: inout TransitionBuilder
    ) -> StepOutcome {
        if let refusal = refusal(of: input) { return .refused(refusal) }
        lastTime = max(now, lastTime)
        let awaited = mapRuns.isEmpty ? [] : awaitedData()
        builder.decision = DecisionBudget()
        emit(.input(stored(input, into: builder)), on: .root, into: &builder)
        take(&builder)
        while !builder.budget.isSpent, status == .running {
            builder.decision = DecisionBudget(
                semantics: semantics,
                patience: builder.budget.takesItsTime ? .max : builder.budget.decisionSteps
            )
            guard decide(&builder) else { break }
            builder.charge()
            // It was put off; or it would be made again for ever.
            if builder.pending == 0 { break }
            take(&builder)
        }
        if !mapRuns.isEmpty { builder.effects.append(contentsOf: dataEffects(since: awaited)) }
        return .accepted
    }

    private func refusal(of input: Input) -> Refusal? {
        if case .start = input { return start == nil ? nil : .alreadyStarted }
        if case .redrive = input { return isRedrivable ? nil : .notRedrivable }
        // News for an execution that may be closed: it changes nothing that is seen of it.
        if case .nestedStopped(let task) = input {
            return owedStops.contains(task) ? nil : .noSuchTask
        }
        guard start != nil, status == .running else { return .notRunning }
        switch input {
        case .start: return nil
        case .taskStarted(let task, _), .taskSubmitted(let task, _), .taskSucceeded(let task, _),
            .taskFailed(let task, _), .taskSubmitFailed(let task, _), .taskHeartbeat(let task):
            guard let branch = tasks[task], let activation = branches[branch].task else {
                return .noSuchTask
            }
            // Its end may have come in and not be recorded yet, the turn before having ended at
            // its budget.
            if activation.arrivals.contains(where: \.endsTask) { return .noSuchTask }
            return activation.fits(input) ? nil : .notFitting
        case .timerFired(let timer): return timers.timer(timer) == nil ? .timerNotArmed : nil
        case .continueTurn: return canGoOn ? nil : .nothingToContinue
        case .stop: return ending == nil ? nil : .notRunning
        case .raiseSemantics(let revision): return revision > semantics ? nil : .nothingToContinue
        case .childClosed(let child, _): return isOpen(child) ? nil : .noSuchChild
        case .childrenClosed(let children):
            guard (1...ClosedChild.most).contains(children.count) else { return .noSuchChild }
            return children.allSatisfy { isOpen($0.child) } ? nil : .noSuchChild
        case .mapRunUpdated(let place, _):
            guard mapRuns.indices.contains(place), mapRuns[place].status == .running else {
                return .mapRunNotRunning
            }
            return nil
        case .itemsRead(let place, let page):
            return isAwaited(page.order, of: place) ? nil : .noSuchData
        case .itemsNotRead(let place, let order, _):
            return isAwaited(order, of: place) ? nil : .noSuchData
        case .resultsWritten(let place, let asked, _, _),
            .resultsNotWritten(let place, let asked, _):
            return isAwaited(asked, of: place) ? nil : .noSuchData
        case .redrive: return .notRedrivable
        case .nestedStopped: return .noSuchTask
        }
    }

    /// Adds one record to what is decided; none of a decision that was put off.
    func emit(
        _ body: RecordBody,
        on branch: BranchID,
        into builder: inout TransitionBuilder
    ) {
        guard !builder.decision.isPutOff else { return }
        builder.decision.begins()
        builder.add(Record(ordinal: nextOrdinal(after: builder), branch: branch, body: body))
    }

    /// Adds an AWS event that hangs below `previous` (the branch's cursor unless told otherwise).
    func emit(
        event body: HistoryEventBody,
        on branch: BranchID,
        below previous: EventID? = nil,
        into builder: inout TransitionBuilder
    ) {
        let event = HistoryEvent(
            id: lastEventID(after: builder) + 1,
            previousEventID: previous ?? branches[branch].previousEventID,
            timestamp: lastTime,
            body: body
        )
        emit(.event(event), on: branch, into: &builder)
    }

    /// The ordinal of the record to be made next.
    func nextOrdinal(after builder: borrowing TransitionBuilder) -> Ordinal {
        lastOrdinal.advanced(by: 1 + builder.pending)
    }

    /// The id of the newest event, pending ones included.
    func lastEventID(after builder: borrowing TransitionBuilder) -> EventID {
        lastEventID + builder.pendingEvents
    }

    /// The random stream behind the draws that are pending.
    func random(after builder: borrowing TransitionBuilder) -> RandomStream {
        var stream = random
        stream.position += builder.pendingDraws
        return stream
    }

    /// A payload that the next record is the first to hold, unless an earlier one does.
    func stored(
        _ payload: Payload,
        field: UInt8 = 0,
        into builder: borrowing TransitionBuilder
    ) -> Payload {
        payload.stored(at: nextOrdinal(after: builder), field: field)
    }

    private func stored(_ input: Input, into builder: borrowing TransitionBuilder) -> Input {
        let ordinal = nextOrdinal(after: builder)
        switch input {
        case .start(var start):
            start.input = start.input.stored(at: ordinal)
            return .start(start)
        case .taskSubmitted(let task, let output):
            return .taskSubmitted(task, output: output.stored(at: ordinal))
        case .taskSucceeded(let task, let output):
            return .taskSucceeded(task, output: output.stored(at: ordinal))
        case .childClosed(let child, var outcome):
            outcome.output = outcome.output.map { $0.stored(at: ordinal) }
            return .childClosed(child, outcome)
        case .childrenClosed(var children):
            for place in children.indices {
                let output = children[place].outcome.output
                children[place].outcome.output = output.map {
                    $0.stored(at: ordinal, field: UInt8(clamping: place))
                }
            }
            return .childrenClosed(children)
        case .itemsRead(let place, var page):
            page.items = page.items.stored(at: ordinal)
            return .itemsRead(mapRun: place, page)
        case .resultsWritten(let place, let asked, let output, let count):
            return .resultsWritten(
                mapRun: place,
                asked: asked,
                output: output.stored(at: ordinal),
                count: count
            )
        case .taskStarted, .taskFailed, .taskSubmitFailed, .taskHeartbeat, .timerFired, .stop,
            .continueTurn, .raiseSemantics, .mapRunUpdated, .redrive, .nestedStopped,
            .itemsNotRead, .resultsNotWritten:
            return input
        }
    }

    /// Decides what follows from the state, which stays as it is; false when nothing does.
    private func decide(_ builder: inout TransitionBuilder) -> Bool {
        if lastEventID == 0 {
            beginExecution(&builder)
        } else if isReopened {
            emit(
                event: .executionRedriven(redriveCount: redriveCount + 1),
                on: .root,
                below: lastEventID,
                into: &builder
            )
        } else if let ending {
            end(ending, into: &builder)
        } else if let seconds = timeLimit, executionTimer == nil {
            // A redrive has the whole time again.
            let due = (redriveDate ?? startTime).advanced(
                byMilliseconds: seconds.multipliedClamped(by: 1000)
            )
            emit(.engine(.timerArmed(.executionTimeout, due: due)), on: .root, into: &builder)
        } else if let limits = start?.limits, lastEventID + 1 >= limits.historyEvents {
            fail(
                Failure(
                    error: ErrorName.runtime,
                    cause: Causes.tooManyEvents(limits.historyEvents)
                ),
                into: &builder
            )
        } else if let branch = ready.first {
            advance(branch, into: &builder)
        } else {
            return false
        }
        return true
    }

    /// One step of one branch, by its phase (see `Phase`).
    private func advance(_ id: BranchID, into builder: inout TransitionBuilder) {
        do throws(StateFailure) {
            switch branches[id].phase {
            case .entering: enter(id, into: &builder)
            case .entered: try beginState(id, into: &builder)
            case .chosen: try exitChoice(id, into: &builder)
            case .waited: try exitWait(id, into: &builder)
            case .working: recordTask(id, into: &builder)
            case .joining: try startNextChild(id, into: &builder)
            case .collected: collectChildren(id, into: &builder)
            case .resulted(let result): try exitWithResult(result, of: id, into: &builder)
            case .failed(let failure): handle(failure, of: id, into: &builder)
            case .caught(let failure, let catcher):
                try exitCaught(failure, by: catcher, of: id, into: &builder)
            case .ended(let output): conclude(id, output: output, into: &builder)
            case .waiting, .aborted: stall(id, into: &builder)
            }
        } catch {
            let kind = kind(of: error, on: id)
            recordEvaluationFailure(error, on: id, into: &builder)
            emit(
                .engine(.stateFailed(error.failure, kind: kind)),
                on: id,
                into: &builder
            )
        }
    }

    /// A branch that is in line with nothing to decide, which no log leads to: it fails by name,
    /// since what is not recorded is decided again for ever.
    func stall(_ id: BranchID, into builder: inout TransitionBuilder) {
        let failure = Failure(error: ErrorName.runtime, cause: Causes.nothingToDecide)
        emit(.engine(.stateFailed(failure, kind: .fatal)), on: id, into: &builder)
    }

    /// A failure of the catcher itself is not for the catchers of the same state, which could
    /// match it for ever.
    private func kind(of failure: StateFailure, on id: BranchID) -> StateFailureKind {
        guard semantics >= Semantics.catchersFailUpwards, failure.kind == .handled,
            case .caught = branches[id].phase
        else { return failure.kind }
        return .uncaught
    }

    private func enter(
        _ id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        let state = definition[branches[id].state]
        let input: Payload
        do throws(StateFailure) {
            input = try entryInput(of: id, into: &builder)
        } catch {
            // What a fresh branch is given is its parent's to compute, and the parent's failure.
            let parent = branches[id].parent ?? id
            recordEvaluationFailure(error, on: parent, into: &builder)
            let failed = EngineRecord.stateFailed(error.failure, kind: error.kind)
            return emit(.engine(failed), on: parent, into: &builder)
        }
        emit(
            event: .stateEntered(
                state.kind.type,
                StateEnteredDetails(name: state.name, input: stored(input, into: builder))
            ),
            on: id,
            into: &builder
        )
    }

    private func beginState(
        _ id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        switch definition[branches[id].state].kind {
        case .pass(let fields): try runPass(fields, on: id, into: &builder)
        case .task(let fields): try scheduleTask(fields, on: id, into: &builder)
        case .choice(let fields): try choose(fields, on: id, into: &builder)
        case .wait(let field): try wait(field, on: id, into: &builder)
        case .succeed: try succeed(id, into: &builder)
        case .fail(let fields): try fail(fields, on: id, into: &builder)
        case .parallel(let fields): try startParallel(fields, on: id, into: &builder)
        case .map(let fields): try startMap(fields, on: id, into: &builder)
        }
    }
}

extension Payload {
    /// The payload with a record as its place in the log, unless an earlier one holds it.
    func stored(at ordinal: Ordinal, field: UInt8 = 0) -> Payload {
        guard location == nil else { return self }
        var payload = self
        payload.location = PayloadLocation(ordinal: ordinal, field: field)
        return payload
    }
}
