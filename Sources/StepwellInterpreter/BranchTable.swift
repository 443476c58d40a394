package import StepwellHistory

/// The live branches of an execution.
///
/// The root, which most executions never leave, is reached without a look-up.
package struct BranchTable: Sendable {
    private var storage: [Branch] = []
    /// Places of all branches but the root, which is at 0.
    private var places: [BranchID: Int] = [:]

    package init() {}

    /// Whether the root branch is there.
    package var isEmpty: Bool { storage.isEmpty }

    /// The live branches in the order of no rule, at no cost.
    package var all: [Branch] { storage }

    /// The live branches in order of their ids.
    package var sorted: [Branch] { storage.sorted { $0.id < $1.id } }

    /// A branch that is known to be live; asking for another is a defect of the interpreter, and
    /// gets the root.
    package subscript(id: BranchID) -> Branch {
        _read { yield storage[place(of: id)] }
        _modify { yield &storage[place(of: id)] }
    }

    /// Whether a branch is live.
    package func contains(_ id: BranchID) -> Bool {
        id == .root ? !storage.isEmpty : places[id] != nil
    }

    /// Adds a branch; the root has to be the first.
    package mutating func insert(_ branch: Branch) {
        if branch.id != .root { places[branch.id] = storage.count }
        storage.append(branch)
    }

    /// Removes a branch that is not the root.
    package mutating func remove(_ id: BranchID) {
        guard let place = places.removeValue(forKey: id) else { return }
        let last = storage.removeLast()
        guard place < storage.count else { return }
        storage[place] = last
        places[last.id] = place
    }

    private func place(of id: BranchID) -> Int {
        id == .root ? 0 : places[id] ?? 0
    }
}
