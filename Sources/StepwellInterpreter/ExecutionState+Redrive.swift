package import StepwellHistory
import StepwellLanguage

/// RedriveExecution: an execution that failed, timed out or was stopped goes on from its
/// unsuccessful states, with what the others came to (developer guide, "Restarting state machine
/// executions with redrive").
extension ExecutionState {
    /// One redrive that a client token asked for.
    package struct Redrive: Sendable, Hashable {
        package let clientToken: String
        package let time: Timestamp
    }

    /// How many client tokens are remembered (API reference, RedriveExecution).
    static var rememberedRedrives: Int { 10 }

    /// Whether there is something to redrive, and room in the history for `ExecutionRedriven` and
    /// one event more.
    package var isRedrivable: Bool {
        guard let start, status != .running, status != .succeeded else { return false }
        return lastEventID < start.limits.historyEvents - 1
    }

    /// Whether a redrive was asked for and `ExecutionRedriven` is not recorded yet.
    var isReopened: Bool { status == .running && stopTime != nil }

    /// The input of a redrive.
    mutating func reopen(by clientToken: String?, at time: Timestamp) {
        status = .running
        failure = nil
        guard let clientToken else { return }
        redrives.append(Redrive(clientToken: clientToken, time: time))
        redrives.removeFirst(max(0, redrives.count - Self.rememberedRedrives))
    }

    /// `ExecutionRedriven`.
    mutating func redrive(count: Int, event: HistoryEvent) {
        stopTime = nil
        redriveCount = count
        redriveDate = event.timestamp
        guard branches.contains(.root) else { return }
        branches[.root].previousEventID = event.id
        resume(.root)
    }

    /// A branch as it stands, with everything below it: what a redrive needs of it.
    func frame(of id: BranchID) -> Branch {
        var frame = branches[id]
        frame.task = nil
        frame.token = nil
        frame.items = nil
        guard var children = frame.children else { return frame }
        // An iteration whose state was aborted is among the unsuccessful already.
        for child in children.live
        where branches.contains(child) && branches[child].phase != .aborted {
            children.unsuccessful.append(self.frame(of: child))
        }
        children.live = []
        frame.children = children
        return frame
    }

    /// Keeps a branch that failed or was aborted with its parent, its next event to hang below
    /// `eventID`.
    mutating func keepFrame(of id: BranchID, eventID: EventID) {
        guard let parent = branches[id].parent else { return }
        if branches[id].phase == .aborted {
            guard
                let place = branches[parent].children?.unsuccessful.firstIndex(where: {
                    $0.id == id
                })
            else { return }
            branches[parent].children?.unsuccessful[place].previousEventID = eventID
            return
        }
        var frame = frame(of: id)
        frame.previousEventID = eventID
        branches[parent].children?.unsuccessful.append(frame)
    }

    /// Has a branch go on where it did not succeed, its retries counted anew.
    private mutating func resume(_ id: BranchID) {
        let children = branches[id].children ?? branches[id].ended
        branches[id].retries = RetryCounters()
        branches[id].task = nil
        branches[id].token = nil
        branches[id].items = nil
        branches[id].ended = nil
        if takeUpMapRun(of: id) { return ready.append(id) }
        leaveEndedMapRun(of: id)
        switch branches[id].phase {
        case .working, .waiting:
            branches[id].phase = .entered
        case .failed(let failure):
            branches[id].phase = phase(after: failure, of: id, children)
        case .entering, .entered, .chosen, .waited, .joining, .collected, .resulted, .caught,
            .ended, .aborted:
            break
        }
        switch branches[id].phase {
        case .entering, .entered: dropChildren(of: id)
        default: branches[id].children = children
        }
        guard branches[id].children != nil else { return ready.append(id) }
        resumeChildren(of: id)
        let phase = branches[id].phase
        if phase != .joining || branches[id].children?.mayStartIteration == true {
            ready.append(id)
        }
    }

    /// Where a state that failed is taken up: a Fail state is entered again, a Parallel or Map
    /// state has its unsuccessful branches run, unless it failed by the size of its data, and
    /// everything else does its work again.
    private func phase(
        after failure: StateFailure,
        of id: BranchID,
        _ children: Children?
    ) -> Phase {
        if case .fail = definition[branches[id].state].kind { return .entering }
        let tooLarge = ErrorName.dataLimitExceeded.utf8
        let isTooLarge = failure.failure.error?.utf8.elementsEqual(tooLarge) ?? false
        guard let children, !isTooLarge else { return .entered }
        return children.isComplete ? .collected : .joining
    }

    /// Has a Map Run that ended without success go on; false when there is none.
    private mutating func takeUpMapRun(of id: BranchID) -> Bool {
        guard isDistributedMap(id), semantics >= Semantics.mapRunsRedriven,
            let place = branches[id].mapRun ?? branches[id].endedMapRun,
            mapRuns[place].isRedrivable
        else { return false }
        switch branches[id].phase {
        case .joining, .collected, .failed: break
        default: return false
        }
        branches[id].endedMapRun = nil
        branches[id].children = nil
        branches[id].mapRun = place
        branches[id].phase = .joining
        mapRuns[place].isReopened = true
        return true
    }

    /// A Map Run that is not taken up is left: its state starts another.
    private mutating func leaveEndedMapRun(of id: BranchID) {
        branches[id].endedMapRun = nil
        guard isDistributedMap(id) else { return }
        if let place = branches[id].mapRun, mapRuns[place].status == .succeeded {
            guard case .failed = branches[id].phase else { return }
            mapRuns[place].release()
        }
        branches[id].mapRun = nil
        switch branches[id].phase {
        case .joining, .collected: branches[id].phase = .entered
        default: break
        }
    }

    private mutating func dropChildren(of id: BranchID) {
        for child in branches[id].children?.live ?? [] { drop(child) }
        branches[id].children = nil
    }

    /// Puts the unsuccessful children back among the live ones and has them go on.
    private mutating func resumeChildren(of id: BranchID) {
        let frames = branches[id].children?.unsuccessful ?? []
        branches[id].children?.unsuccessful = []
        for frame in frames {
            if branches.contains(frame.id) {
                branches.replace(frame)
            } else {
                branches.insert(frame)
                branches[id].children?.live.append(frame.id)
            }
        }
        branches[id].children?.live.sort()
        for child in branches[id].children?.live ?? [] where branches.contains(child) {
            resume(child)
        }
    }
}
