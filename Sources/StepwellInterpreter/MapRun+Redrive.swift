import StepwellHistory
import StepwellLanguage

/// Redriving a Map Run: the children that did not succeed run again, and those that never started
/// start (developer guide, "Redriving Map Runs").
extension MapRun {
    /// Whether the run ended without success and has what it takes to go on.
    var isRedrivable: Bool {
        startedEventID != 0 && (items != nil || reading != nil)
            && (status == .failed || status == .aborted)
    }

    /// The children that ended without success and do not wait to be redriven, by their items.
    package var unsuccessfulIndexes: [Int] {
        children.indices.filter { isUnsuccessful($0) && !isPendingRedrive($0) }
    }

    private func isUnsuccessful(_ index: Int) -> Bool {
        children[index] != .succeeded && children[index] != .running
    }

    /// Whether a child waits to be redriven.
    package func isPendingRedrive(_ index: Int) -> Bool {
        // They are in order, the last first.
        var low = 0
        var high = pendingRedrive.count
        while low < high {
            let middle = (low + high) / 2
            if pendingRedrive[middle] > index { low = middle + 1 } else { high = middle }
        }
        return low < pendingRedrive.count && pendingRedrive[low] == index
    }

    /// `MapRunRedriven`: what failed before does not count any more until it fails again.
    mutating func redrive(count: Int, event: HistoryEvent) {
        status = .running
        stopDate = nil
        startedEventID = event.id
        redriveCount = count
        redriveDate = event.timestamp
        isReopened = false
        redriven = []
        pendingRedrive = children.indices.reversed().filter { children[$0] != .succeeded }
        for index in pendingRedrive { self.count(index, as: children[index], by: -1) }
        writing = .notYet
        // What was at fault with what is read may be mended.
        if let reading, children.isEmpty { self.reading = ItemReading(order: reading.order) }
    }

    /// `childRedriven`; nothing is done for any other child than the next.
    mutating func redriveChild(_ index: Int) {
        guard pendingRedrive.last == index else { return }
        pendingRedrive.removeLast()
        children[index] = .running
        self.count(index, as: .running, by: 1)
        open[index] = kept.removeValue(forKey: index)
        switch executionType {
        case .standard: redriven.insert(index)
        case .express: restarts[index] = redriveCount
        }
    }

    /// What stands for the newest redrive of a child; nil when it was not redriven with the run.
    func redriveToken(of index: Int) -> String? {
        redriven.contains(index) ? "MapRunRedriven-\(redriveCount)" : nil
    }

    /// Nothing will ask for the items and results any more.
    mutating func release() {
        given = total
        items = nil
        reading = nil
        results = [:]
        kept = [:]
    }
}
