/// Makes nodes of the analysed tree, with variables resolved to slots.
struct Compiler {
    let profile: JSONataProfile
    let free = FreeVariables()

    /// Compiles what has a frame of its own.
    func compile(_ node: Syntax, in scope: Scope) throws(Fault) -> any Node {
        let base = try compileBase(node, in: scope)
        let isPath = node.kind == .path
        guard
            !node.predicates.isEmpty || (node.groupPairs != nil && !isPath)
                || (node.keepArray && !isPath && node.kind != .apply)
        else {
            return base
        }
        return FilteredNode(
            base,
            filters: try filters(node.predicates, in: scope),
            grouping: isPath ? nil : try grouping(node, in: scope),
            keepArray: node.keepArray
        )
    }

    private func filters(
        _ stages: [Syntax.Stage],
        in scope: Scope
    ) throws(Fault) -> [Filter] {
        var filters: [Filter] = []
        for case .filter(let predicate) in stages {
            filters.append(Filter(try compile(predicate, in: scope)))
        }
        return filters
    }

    func grouping(_ node: Syntax, in scope: Scope) throws(Fault) -> Grouping? {
        guard let pairs = node.groupPairs else {
            return nil
        }
        return try grouping(pairs, at: node.groupPosition, in: scope)
    }

    private func grouping(
        _ pairs: [Syntax.Pair],
        at position: Int,
        in scope: Scope
    ) throws(Fault) -> Grouping {
        var compiled: [Grouping.Pair] = []
        for pair in pairs {
            let key = try compile(pair.key, in: scope)
            compiled.append(Grouping.Pair(key: key, value: try compile(pair.value, in: scope)))
        }
        return Grouping(compiled, at: position)
    }

    /// Compiles a node without its predicates and group.
    func compileBase(_ node: Syntax, in scope: Scope) throws(Fault) -> any Node {
        switch node.kind {
        case .name: return NameNode(node.text)
        case .string: return LiteralNode(.string(node.text))
        case .number: return LiteralNode(.number(node.number))
        case .value: return literal(node)
        case .variable: return variable(node.text, in: scope)
        case .regularExpression: return try pattern(node)
        case .wildcard: return WildcardNode()
        case .descendants: return DescendantsNode()
        case .parent:
            let name = node.slot.map(Binds.label) ?? ""
            return VariableNode(name: name, places: scope.places(name), builtin: nil)
        case .path: return try path(node, in: scope)
        case .binary: return try binary(node, in: scope)
        case .function: return try call(node, in: scope)
        case .partial: return try partial(node, in: scope)
        case .lambda: return try lambda(node, in: scope)
        case .block: return try block(node, in: scope)
        case .array:
            var items: [any Node] = []
            for child in node.children {
                items.append(try compile(child, in: scope))
            }
            return ArrayConstructorNode(items, isConstructor: node.isConstructor)
        case .object:
            return ObjectConstructorNode(
                try grouping(node.pairs, at: node.position, in: scope)
            )
        default: return try operation(node, in: scope)
        }
    }

    private func operation(_ node: Syntax, in scope: Scope) throws(Fault) -> any Node {
        var parts: [any Node] = []
        for child in node.children {
            // A call that a value is applied to is the operator's own, with what stands behind it.
            let isCall = node.kind == .apply && child.kind == .function && !parts.isEmpty
            parts.append(
                isCall ? try compileBase(child, in: scope) : try compile(child, in: scope)
            )
        }
        switch node.kind {
        case .bind: return BindNode(slot: scope.slot(node.text), value: parts[0])
        case .condition:
            return ConditionNode(
                parts[0],
                then: parts[1],
                otherwise: parts.count > 2 ? parts[2] : nil
            )
        case .coalesce: return DefaultNode(parts[0], parts[1], wantsTruth: false)
        case .fallback: return DefaultNode(parts[0], parts[1], wantsTruth: true)
        case .negate: return NegateNode(parts[0], at: node.position)
        case .apply:
            return ApplyNode(
                parts[0],
                parts[1],
                at: node.position,
                keepArray: node.keepArray
            )
        case .transform:
            return TransformNode(
                parts[0],
                parts[1],
                parts.count > 2 ? parts[2] : nil,
                at: node.position
            )
        default:
            throw Fault("S0201", position: node.position, token: node.text)
        }
    }

    private func literal(_ node: Syntax) -> LiteralNode {
        switch node.text {
        case "true": LiteralNode(.bool(true))
        case "false": LiteralNode(.bool(false))
        default: LiteralNode(.null)
        }
    }

    private func variable(_ name: String, in scope: Scope) -> any Node {
        switch name {
        case "": ContextNode()
        case "$": RootNode()
        default: read(name, in: scope)
        }
    }

    private func read(_ name: String, in scope: Scope) -> VariableNode {
        let node = named(name, in: scope)
        if node.places.isEmpty, node.builtin == nil {
            free.note(name)
        }
        return node
    }

    func named(_ name: String, in scope: Scope) -> VariableNode {
        let places = scope.places(name)
        if places.isEmpty { free.mention(name) }
        return VariableNode(
            name: name,
            places: places,
            builtin: Builtins.named(name, profile)
        )
    }

    private func pattern(_ node: Syntax) throws(Fault) -> any Node {
        guard let literal = node.pattern else {
            return LiteralNode(.undefined)
        }
        do throws(JSONataPatternError) {
            return RegularExpressionNode(
                try RegularExpression(
                    pattern: literal.pattern,
                    ignoreCase: literal.ignoreCase,
                    multiline: literal.multiline
                )
            )
        } catch {
            throw Fault(error, position: node.position, token: node.text)
        }
    }

    private func block(_ node: Syntax, in scope: Scope) throws(Fault) -> any Node {
        let inner = Scope(parent: scope)
        node.children.forEach { Binds.declare($0, in: inner) }
        // A block that binds nothing has no frame, and so no scope.
        let own = inner.names.isEmpty ? scope : inner
        var expressions: [any Node] = []
        for child in node.children {
            expressions.append(try compile(child, in: own))
        }
        return BlockNode(expressions, slots: inner.names.count)
    }

    private func lambda(_ node: Syntax, in scope: Scope) throws(Fault) -> any Node {
        let inner = Scope(parent: scope)
        let parameters = node.parameters.map { inner.slot($0) }
        guard let body = node.procedure else {
            return LiteralNode(.undefined)
        }
        Binds.declare(body, in: inner)
        let compiled = try compile(body, in: inner)
        return LambdaNode(
            parameterSlots: parameters,
            slots: inner.names.count,
            signature: node.signature,
            body: compiled
        )
    }
}
