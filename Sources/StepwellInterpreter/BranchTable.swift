package import StepwellHistory

/// The live branches of an execution.
///
/// The root, which most executions never leave, is reached without a look-up.
package struct BranchTable: Sendable {
    private var storage: [Branch] = []
    /// Places of all branches but the root, which is at 0.
    private var places: [BranchID: Int] = [:]

    /// The bytes of the variables of all live branches.
    package private(set) var variableBytes = 0

    package init() {}

    /// How many branches are live.
    package var count: Int { storage.count }

    /// Whether the root branch is there.
    package var isEmpty: Bool { storage.isEmpty }

    /// The live branches in the order of no rule, at no cost.
    package var all: [Branch] { storage }

    /// The live branches in order of their ids.
    package var sorted: [Branch] { storage.sorted { $0.id < $1.id } }

    // Unoptimised, `_read` yields a copy on the heap, and the compiler (Swift 6.3) loads a large
    // member of it, such as `phase`, only after the access has ended and freed the copy. Optimised,
    // it yields the place in the array, which stays, and spares the copy.
    #if DEBUG
    /// A branch that is known to be live; asking for another is a defect of the interpreter,
    /// and gets the root.
    package subscript(id: BranchID) -> Branch {
        get { storage[place(of: id)] }
        _modify { yield &storage[place(of: id)] }
    }
    #else
    /// A branch that is known to be live; asking for another is a defect of the interpreter,
    /// and gets the root.
    package subscript(id: BranchID) -> Branch {
        _read { yield storage[place(of: id)] }
        _modify { yield &storage[place(of: id)] }
    }
    #endif

    /// Whether a branch is live.
    package func contains(_ id: BranchID) -> Bool {
        id == .root ? !storage.isEmpty : places[id] != nil
    }

    /// Adds a branch; the root has to be the first.
    package mutating func insert(_ branch: Branch) {
        guard !contains(branch.id) else { return replace(branch) }
        if branch.id != .root { places[branch.id] = storage.count }
        variableBytes += branch.scope.bytes
        storage.append(branch)
    }

    /// Puts a branch in the place of the live one with its id.
    package mutating func replace(_ branch: Branch) {
        variableBytes += branch.scope.bytes - self[branch.id].scope.bytes
        self[branch.id] = branch
    }

    /// Gives variables of a branch's scope their values; see `VariableScope.assign`.
    mutating func assign(_ variables: [AssignedVariable], in id: BranchID, byBytes: Bool) {
        let before = self[id].scope.bytes
        for variable in variables { self[id].scope.assign(variable, byBytes: byBytes) }
        variableBytes += self[id].scope.bytes - before
    }

    /// Puts other variables in the place of a branch's.
    mutating func setVariables(_ variables: [AssignedVariable], of id: BranchID) {
        let scope = VariableScope(variables)
        variableBytes += scope.bytes - self[id].scope.bytes
        self[id].scope = scope
    }

    /// Removes a branch that is not the root.
    package mutating func remove(_ id: BranchID) {
        guard let place = places.removeValue(forKey: id) else { return }
        variableBytes -= storage[place].scope.bytes
        let last = storage.removeLast()
        guard place < storage.count else { return }
        storage[place] = last
        places[last.id] = place
    }

    private func place(of id: BranchID) -> Int {
        id == .root ? 0 : places[id] ?? 0
    }
}
