package import StepwellHistory

/// The variables that a branch sees: those of its scope and of the scopes around it, the inner ones
/// alone where names meet.
struct VisibleVariables: Sendable {
    private let scopes: [VariableScope]

    /// The variables of scopes, the innermost first.
    init(_ scopes: [VariableScope]) {
        self.scopes = scopes
    }

    /// The value of a variable, by the bytes of its name; nil when none is in sight.
    subscript(name: String) -> Payload? {
        for scope in scopes {
            if let value = scope[name] { return value }
        }
        return nil
    }
}

extension ExecutionState {
    /// The variables that a branch sees, those of the outermost scope first; of several of one name
    /// the innermost, which alone counts, is the last.
    package func variables(visibleFrom id: BranchID) -> [AssignedVariable] {
        var scopes: [[AssignedVariable]] = []
        var next: BranchID? = branches.contains(id) ? id : nil
        while let id = next {
            scopes.append(branches[id].variables)
            next = branches[id].parent
        }
        return scopes.reversed().flatMap { $0 }
    }
}
