package import StepwellHistory
import StepwellLanguage

extension ExecutionState {
    /// `mapRunPrepared`: the run takes the items over.
    mutating func addMapRun(
        id: [UInt8],
        toleratedCount: Int64?,
        toleratedPercentage: Double?,
        branch: BranchID
    ) {
        random.position += 1
        let state = definition[branches[branch].state]
        guard case .map(let fields) = state.kind, let items = branches[branch].items, let start
        else { return }
        let label = mapRunLabel(of: state, fields)
        let machine = start.stateMachineARN.prefix { $0 != "/" }
        let names = "\(machine)/\(label)"
        var run = MapRun(
            id: id,
            arn: MapRun.arn(machine: names, id: id),
            childMachineARN: names,
            state: branches[branch].state,
            branch: branch,
            executionType: fields.executionType ?? .standard,
            maxConcurrency: items.maxConcurrency,
            toleratedFailureCount: toleratedCount,
            toleratedFailurePercentage: toleratedPercentage,
            given: fields.reader == nil ? items.count : 0,
            items: fields.reader == nil ? items : nil
        )
        run.reading = fields.reader.map { _ in ItemReading() }
        run.needsPlan = fields.reader != nil || fields.batcher != nil || fields.writer != nil
        branches[branch].items = nil
        branches[branch].mapRun = mapRuns.count
        mapRuns.append(run)
    }

    /// The `MapRun…` events.
    mutating func apply(_ event: MapRunEvent, of history: HistoryEvent, branch id: BranchID) {
        branches[id].previousEventID = history.id
        guard let place = branches[id].mapRun else { return }
        switch event {
        case .started:
            mapRuns[place].startedEventID = history.id
            mapRuns[place].startDate = history.timestamp
            if mapRuns[place].isComplete { branches[id].phase = .collected }
        case .succeeded: endMapRun(place, .succeeded, at: history.timestamp)
        case .failed: endMapRun(place, .failed, at: history.timestamp)
        case .aborted: endMapRun(place, .aborted, at: history.timestamp)
        case .redriven(_, let count):
            mapRuns[place].redrive(count: count, event: history)
            if mapRuns[place].isComplete {
                branches[id].phase = .collected
            } else if !mapRuns[place].needsPlan, !mapRuns[place].mayStartChild {
                ready.remove(id)
            }
        }
    }

    /// `childRedriven`: of a run that may be over with it.
    mutating func redriveChild(_ index: Int, branch id: BranchID) {
        guard let place = branches[id].mapRun else { return }
        mapRuns[place].redriveChild(index)
        if !mapRuns[place].mayStartChild { ready.remove(id) }
    }

    /// `childScheduled` or `batchScheduled`: the child of the next items.
    mutating func scheduleChild(
        _ index: Int,
        items: Int = 1,
        input: Payload,
        branch id: BranchID
    ) {
        guard let place = branches[id].mapRun, index == mapRuns[place].children.count,
            (0...mapRuns[place].itemsLeft).contains(items)
        else { return }
        mapRuns[place].addChild(.running, items: items)
        mapRuns[place].open[index] = input
        let next = mapRuns[place].nextItem
        mapRuns[place].reading?.forget(below: next)
        if !mapRuns[place].mayStartChild { ready.remove(id) }
    }

    /// `childClosed`.
    mutating func close(_ child: MapRunChild, _ outcome: MapRunChildOutcome) {
        let place = child.mapRun
        guard isOpen(child) else { return }
        let wasStarting = mapRuns[place].mayStartChild
        let input = mapRuns[place].open.removeValue(forKey: child.index)
        if outcome.status != .succeeded { mapRuns[place].kept[child.index] = input }
        mapRuns[place].setChild(child.index, outcome.status)
        let room = resultRoom(of: place)
        mapRuns[place].keepResult(outcome.output, of: child.index, room: room)
        settleMapRun(place, wasStarting: wasStarting)
    }

    /// Whether a child runs, as far as the run knows.
    package func isOpen(_ child: MapRunChild) -> Bool {
        mapRuns.indices.contains(child.mapRun) && mapRuns[child.mapRun].open[child.index] != nil
    }

    /// Whether a run keeps what its children put out; else it is looked for where they hold it, or
    /// by nobody.
    package func keepsResults(of mapRun: Int) -> Bool {
        mapRuns.indices.contains(mapRun) && !mapRuns[mapRun].hasLostResults
            && resultRoom(of: mapRun) > 0
    }

    /// What the execution is called that runs, or ran, for a child last.
    package func childName(of child: MapRunChild) -> String? {
        guard mapRuns.indices.contains(child.mapRun) else { return nil }
        return childName(child.index, of: child.mapRun)
    }

    /// The redrive of its run that a child was redriven for last; nil when it was not.
    package func redriveToken(of child: MapRunChild) -> String? {
        guard mapRuns.indices.contains(child.mapRun) else { return nil }
        return mapRuns[child.mapRun].redriveToken(of: child.index)
    }

    /// The order to start, or to redrive, a child that the run waits for; nil when it does not.
    package func startOrder(of child: MapRunChild) -> ChildStart? {
        guard mapRuns.indices.contains(child.mapRun),
            let input = mapRuns[child.mapRun].open[child.index]
        else { return nil }
        return childStart(child.index, of: child.mapRun, input: input)
    }

    /// What has to be done to have a child run.
    ///
    /// What it needs of the run is read one by one: a run in a variable is a copy, which counts
    /// references to all that the run holds.
    func childStart(_ index: Int, of place: Int, input: Payload) -> ChildStart {
        ChildStart(
            name: childName(index, of: place),
            stateMachineARN: mapRuns[place].childMachineARN,
            executionType: mapRuns[place].executionType,
            input: input,
            membership: MapRunMembership(
                mapRunARN: mapRuns[place].arn,
                parent: execution,
                child: MapRunChild(mapRun: place, index: index),
                stateName: definition[mapRuns[place].state].name
            ),
            redriveToken: mapRuns[place].redriveToken(of: index)
        )
    }

    private func childName(_ index: Int, of place: Int) -> String {
        let restart = mapRuns[place].restarts[index] ?? 0
        return MapRun.childName(index, of: mapRuns[place].id, restart: restart)
    }

    /// UpdateMapRun.
    mutating func update(mapRun place: Int, _ update: MapRunUpdate) {
        guard mapRuns.indices.contains(place) else { return }
        let wasStarting = mapRuns[place].mayStartChild
        if let concurrency = update.maxConcurrency { mapRuns[place].maxConcurrency = concurrency }
        if let count = update.toleratedFailureCount { mapRuns[place].toleratedFailureCount = count }
        if let percentage = update.toleratedFailurePercentage {
            mapRuns[place].toleratedFailurePercentage = percentage
        }
        let id = mapRuns[place].branch
        guard mapRuns[place].startedEventID != 0, branches.contains(id),
            branches[id].phase == .joining
        else { return }
        if !wasStarting, mapRuns[place].mayStartChild { ready.append(id) }
        if wasStarting, !mapRuns[place].mayStartChild { ready.remove(id) }
    }

    /// Ends a run, and gives up the children that it still has.
    mutating func endMapRun(_ place: Int, _ status: MapRun.Status, at time: Timestamp) {
        let machine = mapRuns[place].childMachineARN
        for name in mapRuns[place].end(status, at: time) {
            stoppedChildren.append(ChildStop(name: name, stateMachineARN: machine))
        }
    }

    /// The branch's Map state has no run under way any more; a run that did not succeed keeps what
    /// a redrive needs.
    mutating func leaveMapRun(of id: BranchID) {
        branches[id].endedMapRun = nil
        guard let place = branches[id].mapRun else { return }
        endMapRun(place, .aborted, at: lastTime)
        if mapRuns[place].status == .succeeded { mapRuns[place].release() }
        branches[id].mapRun = nil
    }

    /// The branch leaves its Map state, or begins its work anew: a run that it had is not redriven.
    mutating func abandonMapRun(of id: BranchID) {
        guard let place = branches[id].mapRun ?? branches[id].endedMapRun else { return }
        leaveMapRun(of: id)
        mapRuns[place].release()
    }

    /// The starts that every open child goes back to.
    func openChildren() -> [ChildStart] {
        mapRuns.indices.flatMap { place in
            mapRuns[place].openIndexes.compactMap { index in
                mapRuns[place].open[index].map { childStart(index, of: place, input: $0) }
            }
        }
    }
}

extension MapRun {
    /// `…:mapRun:NAME/LABEL:UUID` beside `…:stateMachine:NAME/LABEL`.
    fileprivate static func arn(machine: String, id: [UInt8]) -> String {
        var parts = machine.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 5 { parts[5] = "mapRun" }
        return parts.joined(separator: ":") + ":" + UUIDText.string(id)
    }
}
