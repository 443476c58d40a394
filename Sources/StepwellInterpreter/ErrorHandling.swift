import StepwellHistory
import StepwellLanguage

extension ExecutionState {
    /// What becomes of a failed state: its children are aborted, then its retriers are asked, then
    /// its catchers, and else the failure goes up.
    func handle(
        _ failure: StateFailure,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        let state = definition[branches[id].state]
        if let abort = nextAbort(below: id) {
            return emit(event: abort.body, on: abort.branch, into: &builder)
        }
        if let place = openMapRun(of: id) {
            if mapRuns[place].wantsResultsWritten {
                return emit(.engine(.resultsDue), on: id, into: &builder)
            }
            return emit(event: .mapRun(.failed(failure.failure)), on: id, into: &builder)
        }
        if failure.kind == .handled,
            let retrier = matchingRetrier(of: state, for: failure, on: id)
        {
            return retry(retrier, of: state, on: id, into: &builder)
        }
        if branches[id].children != nil || branches[id].mapRun != nil, !hasSucceeded(id) {
            // The container's own end comes before the catcher's or the parent's.
            let isMap = if case .map = state.kind { true } else { false }
            return emit(
                event: isMap ? .mapStateFailed : .parallelStateFailed,
                on: id,
                into: &builder
            )
        }
        if failure.kind == .handled,
            let catcher = state.catchers.firstIndex(where: {
                isMatched(failure, by: $0.errorEquals)
            }
            )
        {
            return emit(.engine(.catcherMatched(index: catcher)), on: id, into: &builder)
        }
        propagate(failure, of: id, into: &builder)
    }

    /// Whether a Map or Parallel state has succeeded, and what failed came after that.
    private func hasSucceeded(_ id: BranchID) -> Bool {
        guard semantics >= Semantics.containersEndOnce else { return false }
        if let place = branches[id].mapRun { return mapRuns[place].status == .succeeded }
        return branches[id].children?.isComplete == true
    }

    /// Whether a retrier's or catcher's `ErrorEquals` names a failure.
    ///
    /// A missed heartbeat is `States.Timeout`, which `States.TaskFailed` does not stand for, and
    /// goes by the name `States.HeartbeatTimeout` as well.
    func isMatched(_ failure: StateFailure, by matcher: ErrorMatcher) -> Bool {
        if matcher.matches(failure.failure.error ?? "") { return true }
        guard failure.isHeartbeat else { return false }
        return semantics >= Semantics.heartbeatsAreTimeouts
            ? matcher.names(ErrorName.heartbeatTimeout)
            : matcher.matches(ErrorName.heartbeatTimeout)
    }

    private func matchingRetrier(
        of state: State,
        for failure: StateFailure,
        on id: BranchID
    ) -> Int? {
        guard
            let index = state.retriers.firstIndex(where: { isRetried(failure, by: $0.errorEquals) })
        else { return nil }
        let used = Int64(branches[id].retries.count(of: index))
        return used < state.retriers[index].maxAttempts ? index : nil
    }

    /// Whether a retrier's `ErrorEquals` names a failure.
    ///
    /// What nothing does is not done the next time either: it is tried again for those only who
    /// ask for that by its name.
    private func isRetried(_ failure: StateFailure, by matcher: ErrorMatcher) -> Bool {
        guard isMatched(failure, by: matcher) else { return false }
        guard semantics >= Semantics.absencesNotRetried,
            failure.failure.error == Failure.noHandlerError
        else { return true }
        return matcher.names(Failure.noHandlerError)
    }

    /// Whether a retrier will take a failure up.
    func isRetried(_ failure: StateFailure, on id: BranchID) -> Bool {
        let state = definition[branches[id].state]
        return failure.kind == .handled && matchingRetrier(of: state, for: failure, on: id) != nil
    }

    private func retry(
        _ index: Int,
        of state: State,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        let retrier = state.retriers[index]
        let attempt = branches[id].retries.count(of: index) + 1
        var delay = Backoff.delay(of: retrier, attempt: attempt)
        if retrier.jitter == .full {
            var stream = random(after: builder)
            delay = Backoff.jittered(delay, word: stream.word())
            emit(
                .engine(.randomDrawn(.jitter, value: String(delay))),
                on: id,
                into: &builder
            )
        }
        let due = lastTime.advanced(byMilliseconds: delay)
        emit(
            .engine(.retryScheduled(retrier: index, attempt: attempt, delay: delay, due: due)),
            on: id,
            into: &builder
        )
    }

    /// The failure leaves the branch: it fails the iteration, the Parallel state or the execution.
    private func propagate(
        _ failure: StateFailure,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) {
        switch branches[id].role {
        case .root:
            fail(failure.failure, into: &builder)
        case .parallel:
            emit(.engine(.branchFailed), on: id, into: &builder)
        case .iteration(let index):
            guard let parent = branches[id].parent else { return }
            let name = definition[branches[parent].state].name
            emit(
                event: .mapIteration(.failed, MapIterationDetails(name: name, index: index)),
                on: id,
                into: &builder
            )
        }
    }

    /// The next record of aborting what runs below a failed state: the deepest first, branch by
    /// branch in order.
    private func nextAbort(below id: BranchID) -> (branch: BranchID, body: HistoryEventBody)? {
        guard let children = branches[id].children else { return nil }
        for child in children.live where branches.contains(child) {
            if let deeper = nextAbort(below: child) { return deeper }
            if openMapRun(of: child) != nil { return (child, .mapRun(.aborted)) }
            if let type = branches[child].abortableType(definition) {
                return (child, .stateAborted(type))
            }
            if case .iteration(let index) = branches[child].role {
                let name = definition[branches[id].state].name
                let details = MapIterationDetails(name: name, index: index)
                return (child, .mapIteration(.aborted, details))
            }
        }
        return nil
    }
}
