import StepwellJSON

/// The variables that one frame will hold, while an expression is compiled.
final class Scope {
    let parent: Scope?
    private(set) var names: [String] = []

    init(parent: Scope?) {
        self.parent = parent
    }

    /// Continues scopes of an expression that is already compiled.
    init?(_ visible: VisibleScope) {
        guard let names = visible.names.first else {
            return nil
        }
        self.names = names
        parent = Scope(VisibleScope(names: Array(visible.names.dropFirst())))
    }

    /// The slot of a name, which is made when it is new.
    @discardableResult
    func slot(_ name: String) -> Int {
        if let known = slotIfBound(name) {
            return known
        }
        names.append(name)
        return names.count - 1
    }

    func slotIfBound(_ name: String) -> Int? {
        names.firstIndex { $0.hasSameBytes(as: name) }
    }

    /// Where a name may be bound, the innermost place first.
    func places(_ name: String) -> [VariableNode.Place] {
        var places: [VariableNode.Place] = []
        var hops = 0
        var scope: Scope? = self
        while let current = scope {
            if let slot = current.slotIfBound(name) {
                places.append(VariableNode.Place(hops: hops, slot: slot))
            }
            hops += 1
            scope = current.parent
        }
        return places
    }

    /// The names, the innermost scope first.
    var visible: VisibleScope {
        var all: [[String]] = []
        var scope: Scope? = self
        while let current = scope {
            all.append(current.names)
            scope = current.parent
        }
        return VisibleScope(names: all)
    }
}

/// The variables in sight of a call, the innermost scope first; for `$eval`.
struct VisibleScope: Sendable {
    let names: [[String]]
}
