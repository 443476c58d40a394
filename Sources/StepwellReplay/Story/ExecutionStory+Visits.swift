import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellLanguage

/// How visits and their parts begin and end.
extension ExecutionStory {
    /// The visit that is under way in a branch, by its place among all.
    func openPlace(in branch: BranchID) -> Int? {
        let place = Int(branch.rawValue)
        return branches.indices.contains(place) ? branches[place].visit : nil
    }

    /// `…StateEntered`.
    mutating func open(_ event: HistoryEvent, _ record: Record) {
        guard state.branches.contains(record.branch) else { return }
        let visit = StateVisit(
            state: state.branches[record.branch].state,
            branch: record.branch,
            event: event,
            ordinal: record.ordinal
        )
        // One that no record has ended, which only a damaged log can hold.
        if let former = openPlace(in: record.branch) { close(former, .aborted) }
        branches[Int(record.branch.rawValue)].visit = visits.count
        visits.append(visit)
        let state = visit.state.value
        tallies[state].open()
        if tallies[state].firstEntered == nil { tallies[state].firstEntered = event.timestamp }
    }

    /// Ends a visit with what is under way in it.
    mutating func close(_ visit: Int, _ status: VisitStatus) {
        guard visits[visit].status == .running else { return }
        endPart(of: visit, status == .caught ? .failed : status)
        setBackingOff(visit, false)
        visits[visit].status = status
        visits[visit].ended = moment
        tallies[visits[visit].state.value].close(status, at: moment.time)
        let branch = Int(visits[visit].branch.rawValue)
        if branches[branch].visit == visit { branches[branch].visit = nil }
    }

    /// Ends everything that is under way: the root's visit as `root`, all others as `status`.
    mutating func closeAll(_ status: VisitStatus, root: VisitStatus, _ failure: Failure) {
        for place in branches.indices {
            guard let visit = branches[place].visit else { continue }
            if place == 0 { visits[visit].failure = failure }
            close(visit, place == 0 ? root : status)
        }
    }

    /// Ends what was under way in branches that are there no more.
    mutating func noteGone(_ record: Record, _ change: StoryChange) {
        for branch in change.below where !state.branches.contains(branch) {
            if let visit = openPlace(in: branch) { close(visit, .aborted) }
            settle(branch, hasSucceeded: false)
        }
        guard record.branch != .root, !state.branches.contains(record.branch) else { return }
        var hasSucceeded = false
        if case .event(let event) = record.body {
            switch event.body {
            case .stateExited, .mapIteration(.succeeded, _): hasSucceeded = true
            default: break
            }
        }
        settle(record.branch, hasSucceeded: hasSucceeded)
    }

    /// Notes what became of a branch that is there no more.
    private mutating func settle(_ branch: BranchID, hasSucceeded: Bool) {
        let place = Int(branch.rawValue)
        guard branches.indices.contains(place), branches[place].hasSucceeded == nil else { return }
        branches[place].hasSucceeded = hasSucceeded
        count(branches[place]) {
            $0.running -= 1
            if hasSucceeded { $0.succeeded += 1 } else { $0.failed += 1 }
        }
    }

    /// Changes what is counted of the children of the state that a branch belongs to.
    mutating func count(_ origin: BranchOrigin, _ change: (inout ChildCounts) -> Void) {
        guard let visit = origin.parentVisit else { return }
        let state = visits[visit].state.value
        var counts = childCounts[state] ?? ChildCounts()
        change(&counts)
        childCounts[state] = counts
    }

    /// `ExecutionRedriven`: the states that did not succeed go on without being entered again.
    mutating func reopen() {
        for branch in state.branches.sorted {
            let origin = Int(branch.id.rawValue)
            guard branches.indices.contains(origin) else { continue }
            if let hadSucceeded = branches[origin].hasSucceeded {
                branches[origin].hasSucceeded = nil
                count(branches[origin]) {
                    $0.running += 1
                    if hadSucceeded { $0.succeeded -= 1 } else { $0.failed -= 1 }
                }
            }
            guard branches[origin].visit == nil,
                !branch.isFresh, branch.isUnderWay,
                let visit = visit(enteredBy: branch.enteredEventID),
                visits[visit].branch == branch.id, visits[visit].status != .running
            else { continue }
            tallies[visits[visit].state.value].open(insteadOf: visits[visit].status)
            visits[visit].status = .running
            visits[visit].ended = nil
            visits[visit].hasOutput = false
            visits[visit].failure = nil
            visits[visit].attempts += 1
            branches[origin].visit = visit
            branches[origin].since = moment
        }
    }

    mutating func setBackingOff(_ visit: Int, _ isBackingOff: Bool) {
        guard visits[visit].isBackingOff != isBackingOff else { return }
        visits[visit].isBackingOff = isBackingOff
        tallies[visits[visit].state.value].retrying += isBackingOff ? 1 : -1
    }

    mutating func beginPart(
        _ kind: VisitPart.Kind,
        of visit: Int,
        due: Timestamp? = nil
    ) {
        endPart(of: visit, .failed)
        visits[visit].openPart = parts.count
        parts.append(VisitPart(kind, of: visit, at: moment, due: due))
    }

    mutating func endPart(of visit: Int, _ status: VisitStatus, _ failure: Failure? = nil) {
        if let failure { visits[visit].failure = failure }
        guard let part = visits[visit].openPart else { return }
        visits[visit].openPart = nil
        parts[part].ended = moment
        parts[part].status = status
        if let error = failure?.error { parts[part].error = error }
    }
}

extension Branch {
    /// Whether the branch is in its state, and not on its way into the next.
    fileprivate var isUnderWay: Bool {
        switch phase {
        case .entering, .ended, .aborted: false
        default: true
        }
    }
}

extension Payload {
    /// `ExecutionArn`, of what a start of an execution is answered with.
    var executionARN: String? {
        guard case .object(let members)? = try? JSONParser.parse(text) else { return nil }
        return (members["ExecutionArn"] ?? members["executionArn"])?.stringValue
    }
}
