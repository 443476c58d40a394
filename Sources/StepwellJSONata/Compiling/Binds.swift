/// Finds the variables that an expression binds in the frame it is evaluated in.
enum Binds {
    /// Adds them to a scope; what blocks, functions and tuples bind is theirs.
    static func declare(_ node: Syntax, in scope: Scope) {
        switch node.kind {
        case .bind:
            scope.slot(node.text)
            node.children.forEach { declare($0, in: scope) }
        case .block, .lambda: break
        case .path:
            let first = node.children.firstIndex(where: \.isTuple) ?? node.children.count
            for step in node.children[..<first] {
                declareStep(step, in: scope)
            }
            if first == node.children.count {
                declare(pairs: node.groupPairs, in: scope)
            }
        default:
            declareStep(node, in: scope)
        }
        declare(stages: node.predicates, in: scope)
        if node.kind != .path {
            declare(pairs: node.groupPairs, in: scope)
        }
    }

    /// What a step of a path binds, its stages included.
    static func declareStep(_ node: Syntax, in scope: Scope) {
        if node.kind == .path || node.kind == .bind {
            declare(node, in: scope)
        } else if node.kind != .block, node.kind != .lambda {
            node.children.forEach { declare($0, in: scope) }
            node.procedure.map { declare($0, in: scope) }
            declare(pairs: node.pairs, in: scope)
            node.terms.forEach { declare($0.expression, in: scope) }
        }
        declare(stages: node.stages, in: scope)
    }

    static func declare(pairs: [Syntax.Pair]?, in scope: Scope) {
        for pair in pairs ?? [] {
            declare(pair.key, in: scope)
            declare(pair.value, in: scope)
        }
    }

    private static func declare(stages: [Syntax.Stage], in scope: Scope) {
        for case .filter(let predicate) in stages {
            declare(predicate, in: scope)
        }
    }

    /// The variables of the tuples of a path, in the order of their slots.
    static func tupleNames(_ path: Syntax, into scope: Scope) {
        for step in path.children where step.isTuple {
            step.focus.map { _ = scope.slot($0) }
            step.index.map { _ = scope.slot($0) }
            step.ancestor.map { _ = scope.slot(label($0)) }
            for case .index(let name) in step.stages {
                scope.slot(name)
            }
            if let inner = innerPath(step) {
                tupleNames(inner, into: scope)
            }
        }
    }

    /// The path whose tuples a step gives on.
    static func innerPath(_ step: Syntax) -> Syntax? {
        switch step.kind {
        case .path: step.isTuple ? step : nil
        case .block: step.children.last.flatMap(innerPath)
        default: nil
        }
    }

    /// The name, which no variable can have, of the value that a parent operator gives.
    static func label(_ slot: AncestorSlot) -> String { "!\(slot.label)" }
}
