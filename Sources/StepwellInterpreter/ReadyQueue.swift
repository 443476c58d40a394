package import StepwellHistory

/// The branches that can go on, first come first served: each gets one state step per round.
package struct ReadyQueue: Sendable {
    private var items: [BranchID] = []
    private var head = 0

    /// The branch whose turn it is.
    package var first: BranchID? {
        head < items.count ? items[head] : nil
    }

    /// Whether no branch can go on.
    package var isEmpty: Bool { head == items.count }

    /// The branches in order.
    package var elements: ArraySlice<BranchID> { items[head...] }

    package init() {}

    /// Puts a branch last.
    package mutating func append(_ branch: BranchID) {
        if head > 0, head == items.count {
            items.removeAll(keepingCapacity: true)
            head = 0
        }
        items.append(branch)
    }

    /// Puts a branch first.
    package mutating func prepend(_ branch: BranchID) {
        if head > 0 {
            head -= 1
            items[head] = branch
        } else {
            items.insert(branch, at: 0)
        }
    }

    /// Takes the first branch out.
    package mutating func removeFirst() {
        guard head < items.count else { return }
        head += 1
        if head == items.count {
            items.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 1024, head * 2 > items.count {
            items.removeFirst(head)
            head = 0
        }
    }

    /// Puts the first branch last.
    package mutating func rotate() {
        guard items.count - head > 1, let first else { return }
        removeFirst()
        append(first)
    }

    /// Takes a branch out wherever it stands.
    package mutating func remove(_ branch: BranchID) {
        if first == branch { return removeFirst() }
        guard let place = items[head...].firstIndex(of: branch) else { return }
        items.remove(at: place)
    }

    /// Takes every branch out for which `condition` holds.
    package mutating func removeAll(where condition: (BranchID) -> Bool) {
        items = items[head...].filter { !condition($0) }
        head = 0
    }
}
