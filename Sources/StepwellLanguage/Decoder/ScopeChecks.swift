/// Judges what needs every scope: unique names, targets, reachability, terminal states, variables.
struct ScopeChecks {
    let scopes: [ScopeFacts]

    /// How many problems are looked at for a mend, which takes time in a machine of many states.
    private static let hints = 20

    func run(into findings: inout Findings) {
        uniqueNames(&findings)
        for scope in scopes where scope.hasStates {
            targets(of: scope, &findings)
            ends(of: scope, &findings)
        }
        variables(&findings)
    }

    private func uniqueNames(_ findings: inout Findings) {
        var first: [[UInt8]: DefinitionPath] = [:]
        for scope in scopes {
            for state in scope.states {
                if let earlier = first[Array(state.name.utf8)] {
                    findings.error(
                        .duplicateStateName,
                        at: state.path,
                        AWSMessages.duplicateState(state.name),
                        hint: "The name is also used at \(earlier.location)."
                    )
                } else {
                    first[Array(state.name.utf8)] = state.path
                }
            }
        }
    }

    private func targets(of scope: ScopeFacts, _ findings: inout Findings) {
        let names = Set(scope.states.map { Array($0.name.utf8) })
        var hints = 0
        let start = scope.startAt.map { [($0, scope.path.member("StartAt"))] } ?? []
        for (target, path) in start + scope.states.flatMap(\.targets)
        where !names.contains(Array(target.utf8)) {
            if findings.isFull { return }
            hints += 1
            findings.error(
                .missingTransitionTarget,
                at: path,
                AWSMessages.missingTarget(target),
                hint: hints > Self.hints ? nil : hint(for: target, in: scope)
            )
        }
    }

    private func hint(for target: String, in scope: ScopeFacts) -> String? {
        for other in scopes where other.path != scope.path {
            if other.states.contains(where: { $0.name.utf8.elementsEqual(target.utf8) }) {
                return "'\(target)' is in another scope, which a transition cannot reach."
            }
        }
        return NearMiss.hint(for: target, among: scope.states.map(\.name))
    }

    /// A scope has to have an end, and a transition to every state but the first.
    ///
    /// AWS looks no further than for one transition, from wherever it comes, and only where there
    /// is an end (both measured).
    private func ends(of scope: ScopeFacts, _ findings: inout Findings) {
        guard scope.states.contains(where: \.isTerminal) else {
            return findings.error(
                .missingEndState,
                at: scope.path.member("States"),
                isPlaced: false,
                AWSMessages.noTerminalState,
                hint: "Give the last state \"End\": true."
            )
        }
        guard let start = scope.startAt else { return }
        let targets = [start] + scope.states.flatMap { $0.targets.map(\.name) }
        let reached = Set(targets.map { Array($0.utf8) })
        for state in scope.states where !reached.contains(Array(state.name.utf8)) {
            findings.error(
                .missingTransitionTarget,
                at: state.path,
                AWSMessages.unreachableState(state.name)
            )
        }
    }

    private func variables(_ findings: inout Findings) {
        var hints = 0
        for scope in scopes {
            for (name, path) in scope.assigned {
                if let outer = assignment(of: name, from: scope.parent) {
                    findings.error(
                        at: path,
                        AWSMessages.definedInParent(name),
                        hint: "An inner scope cannot shadow it: see \(outer.location)."
                    )
                }
            }
            for (name, path) in scope.read
            where scope.assignment(of: name) == nil
                && assignment(of: name, from: scope.parent) == nil
            {
                if findings.list.count >= Findings.limit { return }
                hints += 1
                let known = hints > Self.hints ? [] : Array(visibleNames(in: scope).prefix(1000))
                findings.warning(
                    .undefinedVariable,
                    at: path,
                    "The variable '$\(name)' is not assigned by any state of this scope or of "
                        + "those around it",
                    hint: NearMiss.hint(for: name, among: known)
                )
            }
        }
    }

    private func assignment(of name: String, from scope: Int?) -> DefinitionPath? {
        var place = scope
        while let index = place {
            if let found = scopes[index].assignment(of: name) { return found }
            place = scopes[index].parent
        }
        return nil
    }

    private func visibleNames(in scope: ScopeFacts) -> [String] {
        var names = scope.assigned.map(\.name)
        var place = scope.parent
        while let index = place {
            names += scopes[index].assigned.map(\.name)
            place = scopes[index].parent
        }
        return names
    }
}
