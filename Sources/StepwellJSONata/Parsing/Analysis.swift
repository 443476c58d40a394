/// Turns the tree of the grammar into the tree of meaning: paths become lists of steps, predicates
/// and bindings move to their step, parent operators find the step whose input they mean.
struct Analysis {
    /// Every parent operator of the expression, in order.
    private var ancestry: [Syntax] = []

    /// The meaning of a whole expression.
    static func analyze(_ tree: Syntax) throws(Fault) -> Syntax {
        var analysis = Analysis()
        let result = try analysis.process(tree)
        guard result.kind != .parent, result.seekingParent.isEmpty else {
            throw Fault("S0217", position: result.position, token: result.text)
        }
        return result
    }

    mutating func process(_ node: Syntax) throws(Fault) -> Syntax {
        var result: Syntax
        switch node.kind {
        case .binary where node.text == ".": result = try path(node)
        case .filter: result = try filter(node)
        case .group: result = try group(node)
        case .order: result = try order(node)
        case .focus: result = try focus(node)
        case .index: result = try index(node)
        case .name:
            result = Syntax(.path, at: node.position, [node])
            result.keepSingletonArray = node.keepArray
        case .parent:
            result = node
            node.slot = AncestorSlot(index: ancestry.count)
            ancestry.append(node)
        case .negate: result = try negate(node)
        case .apply:
            // The reference hands no search for a parent on through `~>`: one that finds none
            // there has no value, and is no error.
            result = try operands(node)
            result.seekingParent = []
            result.keepArray = node.keepArray || result.children.contains { $0.keepArray }
        case .object: result = try object(node)
        case .function, .partial: result = try call(node)
        case .lambda: result = try lambda(node)
        case .transform:
            result = Syntax(.transform, at: node.position)
            for child in node.children {
                result.children.append(try process(child))
            }
        case .block:
            result = try operands(node)
            result.isConstructor = result.children.contains { $0.isConstructor }
        case .placeholder where node.text == "?": result = node
        case .array, .binary, .bind, .condition, .coalesce, .fallback:
            result = try operands(node)
        default: result = node
        }
        if node.keepArray {
            result.keepArray = true
        }
        return result
    }

    /// A node whose operands have been analysed, with the parents that they seek.
    private mutating func operands(_ node: Syntax) throws(Fault) -> Syntax {
        let result = Syntax(node.kind, at: node.position, text: node.text)
        for child in node.children {
            let operand = try process(child)
            push(ancestryOf: operand, to: result)
            result.children.append(operand)
        }
        return result
    }

    private mutating func negate(_ node: Syntax) throws(Fault) -> Syntax {
        let result = try operands(node)
        guard result.children[0].kind == .number else {
            return result
        }
        let literal = Syntax(.number, at: node.position, text: "-" + result.children[0].text)
        literal.number = -result.children[0].number
        return literal
    }

    private mutating func object(_ node: Syntax) throws(Fault) -> Syntax {
        let result = Syntax(.object, at: node.position, text: "{")
        result.pairs = try pairs(node.pairs, seekingFor: result)
        return result
    }

    private mutating func pairs(
        _ pairs: [Syntax.Pair],
        seekingFor owner: Syntax
    ) throws(Fault) -> [Syntax.Pair] {
        var result: [Syntax.Pair] = []
        for pair in pairs {
            let key = try process(pair.key)
            push(ancestryOf: key, to: owner)
            let value = try process(pair.value)
            push(ancestryOf: value, to: owner)
            result.append(Syntax.Pair(key: key, value: value))
        }
        return result
    }

    private mutating func call(_ node: Syntax) throws(Fault) -> Syntax {
        let result = try operands(node)
        if let procedure = node.procedure {
            result.procedure = try process(procedure)
        }
        return result
    }

    private mutating func lambda(_ node: Syntax) throws(Fault) -> Syntax {
        let result = Syntax(.lambda, at: node.position)
        result.parameters = node.parameters
        result.signature = node.signature
        if let body = node.procedure {
            let processed = try process(body)
            markTailCalls(processed)
            result.procedure = processed
        }
        return result
    }

    /// Calls that are the last thing a lambda does give up their caller's place.
    private func markTailCalls(_ body: Syntax) {
        switch body.kind {
        case .function where body.predicates.isEmpty && body.groupPairs == nil:
            body.isTailCall = !body.keepArray
        case .condition where body.predicates.isEmpty && body.groupPairs == nil:
            body.children.dropFirst().forEach(markTailCalls)
        case .block where body.predicates.isEmpty && body.groupPairs == nil:
            body.children.last.map(markTailCalls)
        default: break
        }
    }

    // MARK: Paths

    private mutating func path(_ node: Syntax) throws(Fault) -> Syntax {
        let left = try process(node.children[0])
        var result = left
        if left.kind != .path {
            result = Syntax(.path, at: left.position, [left])
        }
        if left.kind == .parent, let slot = left.slot {
            result.seekingParent = [slot]
        }
        let rest = try process(node.children[1])
        if rest.kind == .path {
            result.children += rest.children
            result.groupPairs = result.groupPairs ?? rest.groupPairs
        } else {
            rest.stages = rest.predicates + rest.stages
            rest.predicates = []
            result.children.append(rest)
        }
        for place in result.children.indices {
            let step = result.children[place]
            if step.kind == .number || step.kind == .value {
                throw Fault("S0213", position: step.position, token: step.text)
            }
            if step.kind == .string {
                result.children[place] = nameStep(step)
            }
        }
        if result.children.contains(where: \.keepArray) || rest.keepSingletonArray {
            result.keepSingletonArray = true
        }
        if let first = result.children.first, first.kind == .array {
            first.isConstructor = true
        }
        if let last = result.children.last, last.kind == .array {
            last.isConstructor = true
        }
        try resolveAncestry(result)
        return result
    }

    /// A string among the steps is a name.
    private func nameStep(_ step: Syntax) -> Syntax {
        let name = Syntax(.name, at: step.position, text: step.text)
        name.stages = step.stages
        name.predicates = step.predicates
        name.keepArray = step.keepArray
        name.focus = step.focus
        name.index = step.index
        name.isTuple = step.isTuple
        return name
    }

    private mutating func filter(_ node: Syntax) throws(Fault) -> Syntax {
        let result = try process(node.children[0])
        let isPath = result.kind == .path
        let step = isPath ? result.children[result.children.count - 1] : result
        guard result.groupPairs == nil, step.groupPairs == nil else {
            throw Fault("S0209", position: node.position)
        }
        let predicate = try process(node.children[1])
        if !predicate.seekingParent.isEmpty || predicate.kind == .parent {
            for slot in predicate.seekingParent {
                if slot.level == 1 {
                    try seekParent(step, slot)
                } else {
                    slot.level -= 1
                }
            }
            push(ancestryOf: predicate, to: step)
        }
        if isPath {
            step.stages.append(.filter(predicate))
        } else {
            step.predicates.append(.filter(predicate))
        }
        return result
    }

    private mutating func group(_ node: Syntax) throws(Fault) -> Syntax {
        let result = try process(node.children[0])
        guard result.groupPairs == nil else {
            throw Fault("S0210", position: node.position)
        }
        result.groupPairs = try pairs(node.pairs, seekingFor: Syntax(.object, at: 0))
        result.groupPosition = node.position
        return result
    }

    private mutating func order(_ node: Syntax) throws(Fault) -> Syntax {
        var result = try process(node.children[0])
        if result.kind != .path {
            result = Syntax(.path, at: result.position, [result])
        }
        let step = Syntax(.sort, at: node.position)
        for term in node.terms {
            let expression = try process(term.expression)
            push(ancestryOf: expression, to: step)
            step.terms.append(
                Syntax.Term(expression: expression, isDescending: term.isDescending)
            )
        }
        result.children.append(step)
        try resolveAncestry(result)
        return result
    }

    private mutating func focus(_ node: Syntax) throws(Fault) -> Syntax {
        let result = try process(node.children[0])
        let step = result.kind == .path ? result.children[result.children.count - 1] : result
        guard step.stages.isEmpty, step.predicates.isEmpty else {
            throw Fault("S0215", position: node.position)
        }
        guard step.kind != .sort else {
            throw Fault("S0216", position: node.position)
        }
        step.keepArray = step.keepArray || node.keepArray
        step.focus = node.text
        step.isTuple = true
        return asPath(result)
    }

    private mutating func index(_ node: Syntax) throws(Fault) -> Syntax {
        let result = asPath(try process(node.children[0]))
        let step = result.children[result.children.count - 1]
        if step.stages.isEmpty {
            step.index = node.text
        } else {
            step.stages.append(.index(node.text))
        }
        step.isTuple = true
        return result
    }

    /// A node as the only step of a path, its predicates as the step's.
    private func asPath(_ node: Syntax) -> Syntax {
        guard node.kind != .path else {
            return node
        }
        node.stages = node.predicates + node.stages
        node.predicates = []
        return Syntax(.path, at: node.position, [node])
    }
}

// MARK: - Parents

extension Analysis {
    /// Notes on a node the parents that its operand seeks outside of itself.
    func push(ancestryOf operand: Syntax, to node: Syntax) {
        node.seekingParent += operand.seekingParent
        if operand.kind == .parent, let slot = operand.slot {
            node.seekingParent.append(slot)
        }
    }

    /// Looks for the step that a parent means from the end of a path, which may be open.
    mutating func resolveAncestry(_ path: Syntax) throws(Fault) {
        guard let last = path.children.last else {
            return
        }
        var slots = last.seekingParent
        if last.kind == .parent, let slot = last.slot {
            slots.append(slot)
        }
        for slot in slots {
            var place = path.children.count - 2
            while slot.level > 0 {
                guard place >= 0 else {
                    path.seekingParent.append(slot)
                    break
                }
                var step = path.children[place]
                place -= 1
                // Steps in a row that bind the focus all start from the same value.
                while place >= 0, step.focus != nil, path.children[place].focus != nil {
                    step = path.children[place]
                    place -= 1
                }
                try seekParent(step, slot)
            }
        }
    }

    mutating func seekParent(_ node: Syntax, _ slot: AncestorSlot) throws(Fault) {
        switch node.kind {
        case .name, .wildcard:
            slot.level -= 1
            if slot.level == 0 {
                if let known = node.ancestor {
                    ancestry[slot.index].slot?.label = known.label
                }
                node.ancestor = slot
                node.isTuple = true
            }
        case .parent: slot.level += 1
        case .block:
            if let last = node.children.last {
                node.isTuple = true
                try seekParent(last, slot)
            }
        case .path:
            node.isTuple = true
            var place = node.children.count - 1
            try seekParent(node.children[place], slot)
            place -= 1
            while slot.level > 0, place >= 0 {
                try seekParent(node.children[place], slot)
                place -= 1
            }
        default:
            throw Fault("S0217", position: node.position, token: node.text)
        }
    }
}
