import StepwellHistory
import StepwellLanguage

extension ExecutionState {
    /// `ParallelStateStarted`: every branch begins with the Parallel state's effective input, which
    /// its first `…StateEntered` will carry.
    mutating func startBranches(of id: BranchID, eventID: EventID) {
        branches[id].previousEventID = eventID
        guard case .parallel(let fields) = definition[branches[id].state].kind
        else { return }
        branches[id].children = Children(
            count: fields.branches.count,
            items: branches[id].items
        )
        branches[id].items = nil
        branches[id].phase = .joining
        ready.remove(id)
        for (index, scope) in fields.branches.enumerated() {
            let child = addBranch(
                parent: id,
                role: .parallel(index),
                startAt: definition[scope].startAt,
                cursor: eventID
            )
            ready.append(child)
        }
    }

    /// `MapStateStarted`.
    mutating func startIterations(of id: BranchID, length: Int, eventID: EventID) {
        branches[id].previousEventID = eventID
        if isDistributedMap(id) {
            branches[id].phase = .joining
            return
        }
        // Each item takes two bytes at least.
        let most = branches[id].items?.payload.text.count ?? 0
        branches[id].children = Children(
            count: min(length, most),
            items: branches[id].items,
            startCursor: eventID
        )
        branches[id].items = nil
        branches[id].phase =
            branches[id].children?.isComplete == true ? .collected : .joining
    }

    /// Whether a branch is in a distributed Map state.
    func isDistributedMap(_ id: BranchID) -> Bool {
        guard case .map(let fields) = definition[branches[id].state].kind else { return false }
        return fields.mode == .distributed
    }

    /// The `MapIteration…` events; `id` is the iteration's branch, for `MapIterationStarted` that
    /// of the Map state.
    mutating func applyIteration(
        _ phase: MapIterationPhase,
        _ details: MapIterationDetails,
        event: HistoryEvent,
        branch id: BranchID
    ) {
        guard branches.contains(id) else { return }
        if phase == .started {
            return startIteration(details.index, of: id, event: event)
        }
        guard let parent = branches[id].parent else { return }
        switch phase {
        case .succeeded:
            finishIteration(id, index: details.index, of: parent, event: event)
        case .failed:
            failParent(of: id)
            keepFrame(of: id, eventID: event.id)
            forget(id, of: parent)
        case .aborted, .started:
            keepFrame(of: id, eventID: event.id)
            forget(id, of: parent)
        }
    }

    private mutating func startIteration(_ index: Int, of id: BranchID, event: HistoryEvent) {
        guard case .map(let fields) = definition[branches[id].state].kind,
            branches[id].children?.results.indices.contains(index) == true
        else { return }
        let child = addBranch(
            parent: id,
            role: .iteration(index),
            startAt: definition[fields.processor].startAt,
            cursor: event.id
        )
        branches[id].children?.nextIndex = index + 1
        ready.append(child)
        if branches[id].children?.mayStartIteration != true { ready.remove(id) }
    }

    private mutating func finishIteration(
        _ id: BranchID,
        index: Int,
        of parent: BranchID,
        event: HistoryEvent
    ) {
        guard case .ended(let output) = branches[id].phase else { return }
        let wasStarting = branches[parent].children?.mayStartIteration == true
        let cursor = branches[id].previousEventID
        branches[parent].children?.startCursor = cursor
        branches[parent].previousEventID = event.id
        branches[parent].children?.finish(index, output: output)
        forget(id, of: parent)
        if branches[parent].children?.isComplete == true {
            branches[parent].phase = .collected
            ready.append(parent)
        } else if !wasStarting, branches[parent].children?.mayStartIteration == true {
            ready.append(parent)
        }
    }

    private mutating func forget(_ id: BranchID, of parent: BranchID) {
        drop(id)
        branches[parent].children?.remove(id)
    }

    private mutating func addBranch(
        parent: BranchID,
        role: Branch.Role,
        startAt: StateIndex,
        cursor: EventID
    ) -> BranchID {
        let id = BranchID(nextBranch)
        nextBranch += 1
        branches.insert(
            Branch(
                id: id,
                parent: parent,
                role: role,
                previousEventID: cursor,
                state: startAt,
                input: branches[parent].input
            )
        )
        branches[parent].children?.live.append(id)
        return id
    }
}
