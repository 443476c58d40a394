extension Compiler {
    func path(_ node: Syntax, in scope: Scope) throws(Fault) -> any Node {
        noteMember(node.children, in: scope)
        let firstTuple = node.children.firstIndex(where: \.isTuple) ?? node.children.count
        let hasTuples = firstTuple < node.children.count
        let tupleScope = Scope(parent: scope)
        if hasTuples {
            Binds.tupleNames(node, into: tupleScope)
            for step in node.children[firstTuple...] {
                Binds.declareStep(step, in: tupleScope)
            }
            Binds.declare(pairs: node.groupPairs, in: tupleScope)
        }
        var steps: [PathNode.Step] = []
        for (place, step) in node.children.enumerated() {
            let isTuple = place >= firstTuple
            let compiled = try compileStep(step, isTuple: isTuple, isTuple ? tupleScope : scope)
            steps.append(compiled)
        }
        if steps.count == 1, let only = simple(node, steps[0]) {
            return only
        }
        var options = PathNode.Options()
        options.keepSingleton = node.keepSingletonArray || node.keepArray
        options.givesTuples = node.isTuple && hasTuples
        options.firstIsConstructor =
            node.children[0].kind == .array
            && node.children[0].isConstructor
        options.firstIsVariable = node.children[0].kind == .variable
        options.slots = tupleScope.names.count
        let groupScope = hasTuples ? tupleScope : scope
        return PathNode(steps, options, grouping: try grouping(node, in: groupScope))
    }

    /// Notes the member of a free variable that a path begins with.
    private func noteMember(_ steps: [Syntax], in scope: Scope) {
        guard steps.count > 1, steps[0].kind == .variable, steps[1].kind == .name,
            scope.places(steps[0].text).isEmpty
        else { return }
        // `@`, `#` and `%` let a later step see the variable's value again.
        let isOnlyMember = !steps.contains {
            $0.isTuple || $0.kind == .parent || $0.ancestor != nil
        }
        free.note(steps[0].text, member: steps[1].text, isOnlyMember: isOnlyMember)
    }

    /// A path that is one name and nothing else.
    private func simple(_ node: Syntax, _ step: PathNode.Step) -> (any Node)? {
        guard case .name = step.action, step.stages.isEmpty, !step.isTuple,
            !node.keepSingletonArray, !node.keepArray, node.groupPairs == nil
        else {
            return nil
        }
        return step.node
    }

    private func compileStep(
        _ step: Syntax,
        isTuple: Bool,
        _ scope: Scope
    ) throws(Fault) -> PathNode.Step {
        var stages: [PathNode.Stage] = []
        for stage in step.stages {
            switch stage {
            case .filter(let predicate):
                stages.append(.filter(Filter(try compile(predicate, in: scope))))
            case .index(let name): stages.append(.index(scope.slot(name)))
            }
        }
        let action = try action(step, scope)
        let node: any Node =
            switch action {
            case .name(let name): NameNode(name)
            case .node(let node): node
            case .sort: LiteralNode(.undefined)
            }
        let slots = isTuple ? tupleSlots(step, scope) : nil
        return PathNode.Step(action: action, node: node, stages: stages, tuple: slots)
    }

    private func tupleSlots(_ step: Syntax, _ scope: Scope) -> PathNode.TupleSlots {
        var slots = PathNode.TupleSlots()
        slots.focus = step.focus.map { scope.slot($0) }
        slots.index = step.index.map { scope.slot($0) }
        slots.ancestor = step.ancestor.map { scope.slot(Binds.label($0)) }
        if let inner = Binds.innerPath(step) {
            let names = Scope(parent: nil)
            Binds.tupleNames(inner, into: names)
            slots.inner = names.names.enumerated().map { ($0.offset, scope.slot($0.element)) }
        }
        return slots
    }

    private func action(
        _ step: Syntax,
        _ scope: Scope
    ) throws(Fault) -> PathNode.Step.Action {
        switch step.kind {
        case .name where step.predicates.isEmpty && step.groupPairs == nil:
            return .name(step.text)
        case .sort:
            var terms: [Sorter.Term] = []
            for term in step.terms {
                terms.append(
                    Sorter.Term(
                        expression: try compile(term.expression, in: scope),
                        isDescending: term.isDescending
                    )
                )
            }
            return .sort(Sorter(terms, at: step.position))
        default: return .node(try compile(step, in: scope))
        }
    }
}
