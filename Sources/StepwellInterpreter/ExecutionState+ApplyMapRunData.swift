import StepwellHistory
package import StepwellJSON
import StepwellLanguage

/// What is read for Map Runs and written of them.
extension ExecutionState {
    /// `mapRunConfigured`.
    mutating func configureMapRun(_ plan: Payload, branch id: BranchID) {
        guard let place = branches[id].mapRun, mapRuns[place].needsPlan else { return }
        mapRuns[place].needsPlan = false
        mapRuns[place].plan = MapRunPlan(plan)
        if mapRuns[place].isComplete {
            branches[id].phase = .collected
        } else if !mapRuns[place].mayStartChild {
            ready.remove(id)
        }
    }

    /// `itemsRead`.
    mutating func takeItems(_ page: ItemPage, mapRun place: Int) {
        guard isAwaited(page.order, of: place) else { return }
        let wasStarting = mapRuns[place].mayStartChild
        mapRuns[place].reading?.add(page)
        // What lies before was given out.
        let next = mapRuns[place].nextItem
        mapRuns[place].reading?.forget(below: next)
        settleMapRun(place, wasStarting: wasStarting)
    }

    /// `itemsNotRead`.
    mutating func failReading(_ order: Int, mapRun place: Int, _ failure: Failure) {
        guard isAwaited(order, of: place) else { return }
        mapRuns[place].reading?.fail()
        let id = mapRuns[place].branch
        guard branches.contains(id), branches[id].mapRun == place else { return }
        branches[id].phase = .failed(StateFailure(failure))
        ready.remove(id)
        ready.prepend(id)
    }

    /// Whether a page of items is what a run waits for.
    func isAwaited(_ order: Int, of place: Int) -> Bool {
        guard mapRuns.indices.contains(place), mapRuns[place].awaitedOrder == order else {
            return false
        }
        let id = mapRuns[place].branch
        return branches.contains(id) && branches[id].mapRun == place
            && branches[id].phase == .joining
    }

    /// Whether results are what a run waits for.
    func isAwaited(_ asked: Ordinal, of place: Int) -> Bool {
        mapRuns.indices.contains(place) && mapRuns[place].awaitedResults == asked
    }

    /// What follows for a run of what was read or of a child's end: it fails when too many items
    /// have, and is over when none is left.
    mutating func settleMapRun(_ place: Int, wasStarting: Bool) {
        let id = mapRuns[place].branch
        guard branches.contains(id), branches[id].mapRun == place,
            branches[id].phase == .joining
        else { return }
        if mapRuns[place].exceedsTolerance {
            let failure = Failure(
                error: ErrorName.exceedToleratedFailureThreshold,
                cause: Causes.exceedsTolerance
            )
            branches[id].phase = .failed(StateFailure(failure))
            ready.remove(id)
            ready.prepend(id)
        } else if mapRuns[place].isComplete {
            branches[id].phase = .collected
            ready.append(id)
        } else if !wasStarting, mapRuns[place].mayStartChild {
            ready.append(id)
        }
    }

    /// `resultsDue`: no child runs any more while they are written.
    mutating func askForResults(_ ordinal: Ordinal, branch id: BranchID) {
        guard let place = openMapRun(of: id) else { return }
        let machine = mapRuns[place].childMachineARN
        for name in mapRuns[place].giveUpChildren() {
            stoppedChildren.append(ChildStop(name: name, stateMachineARN: machine))
        }
        mapRuns[place].writing = .asked(ordinal)
        ready.remove(id)
    }

    /// `resultsWritten`, or `resultsNotWritten`: which fails a run that had not failed before.
    mutating func takeResults(
        _ writing: ResultWriting,
        asked: Ordinal,
        mapRun place: Int,
        failure: Failure? = nil
    ) {
        guard isAwaited(asked, of: place) else { return }
        mapRuns[place].writing = writing
        let id = mapRuns[place].branch
        guard branches.contains(id), branches[id].mapRun == place else { return }
        if let failure, branches[id].phase == .collected {
            branches[id].phase = .failed(StateFailure(failure))
        }
        ready.append(id)
    }

    /// The items that are to be read for Map Runs.
    func awaitedReads() -> [ItemRead] {
        mapRuns.indices.compactMap { place in
            guard let order = mapRuns[place].awaitedOrder, isAwaited(order, of: place) else {
                return nil
            }
            return mapRuns[place].awaitedRead(place)
        }
    }

    /// The results of Map Runs that are to be written.
    func awaitedWrites() -> [ResultWrite] {
        mapRuns.indices.compactMap { mapRuns[$0].awaitedWrite($0) }
    }

    /// What Map Runs wait for, by their places: pages by number, results by the record that asked.
    func awaitedData() -> [AwaitedData] {
        mapRuns.indices.compactMap { place in
            if let order = mapRuns[place].awaitedOrder, isAwaited(order, of: place) {
                return AwaitedData(mapRun: place, order: order)
            }
            return mapRuns[place].awaitedResults.map { AwaitedData(mapRun: place, results: $0) }
        }
    }

    /// What is read or written outside for what the state has come to wait for.
    func dataEffects(since before: [AwaitedData]) -> [Effect] {
        let now = awaitedData()
        guard now != before else { return [] }
        let fresh = now.filter { !before.contains($0) }
        return awaitedReads().filter { read in
            fresh.contains { $0.mapRun == read.mapRun && $0.order == read.order }
        }.map(Effect.readItems)
            + awaitedWrites().filter { write in
                fresh.contains { $0.mapRun == write.mapRun && $0.results == write.asked }
            }.map(Effect.writeResults)
    }
}

/// What a Map Run waits for.
struct AwaitedData: Equatable {
    let mapRun: Int
    /// The number of a page of items.
    var order: Int?
    /// The record that asked for the results.
    var results: Ordinal?
}

extension MapRun {
    /// The item at an index, when it is at hand.
    func item(at index: Int) -> ContextSource.MapItem? {
        reading == nil ? items?.item(at: index) : reading?.item(at: index)
    }

    /// The items that no child was started for, as far as they are at hand.
    package var itemsAtHand: [JSONValue] {
        (nextItem..<max(nextItem, total)).compactMap { item(at: $0)?.value }
    }
}
