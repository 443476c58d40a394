extension Compiler {
    func binary(_ node: Syntax, in scope: Scope) throws(Fault) -> any Node {
        let left = try compile(node.children[0], in: scope)
        let right = try compile(node.children[1], in: scope)
        let place = Place(position: node.position, token: node.text)
        switch node.text {
        case "+": return ArithmeticNode(.add, left, right, place)
        case "-": return ArithmeticNode(.subtract, left, right, place)
        case "*": return ArithmeticNode(.multiply, left, right, place)
        case "/": return ArithmeticNode(.divide, left, right, place)
        case "%": return ArithmeticNode(.remainder, left, right, place)
        case "=": return EqualityNode(left, right, wantsEqual: true)
        case "!=": return EqualityNode(left, right, wantsEqual: false)
        case "<": return ComparisonNode(.less, left, right, place)
        case "<=": return ComparisonNode(.lessOrEqual, left, right, place)
        case ">": return ComparisonNode(.greater, left, right, place)
        case ">=": return ComparisonNode(.greaterOrEqual, left, right, place)
        case "and": return BooleanNode(left, right, isConjunction: true)
        case "or": return BooleanNode(left, right, isConjunction: false)
        case "in": return InclusionNode(left, right)
        case "&": return ConcatenationNode(left, right)
        case "..": return RangeNode(left, right, at: node.position)
        default:
            throw Fault("S0201", position: node.position, token: node.text)
        }
    }

    /// The name that a procedure is called by, and the variable that was meant when it is a name.
    private func names(
        _ procedure: Syntax,
        in scope: Scope
    ) -> (token: String, bare: VariableNode?) {
        if procedure.kind == .path, let first = procedure.children.first {
            return (first.text, named(first.text, in: scope))
        }
        return (procedure.text, nil)
    }

    /// What is called; a name by itself is no variable that is read.
    private func callee(_ procedure: Syntax, in scope: Scope) throws(Fault) -> any Node {
        guard procedure.kind == .variable, !["", "$"].contains(procedure.text),
            procedure.predicates.isEmpty, procedure.groupPairs == nil, !procedure.keepArray
        else {
            return try compile(procedure, in: scope)
        }
        return named(procedure.text, in: scope)
    }

    func call(_ node: Syntax, in scope: Scope) throws(Fault) -> any Node {
        guard let procedure = node.procedure else {
            return LiteralNode(.undefined)
        }
        let callee = try callee(procedure, in: scope)
        var arguments: [any Node] = []
        for argument in node.children {
            arguments.append(try compile(argument, in: scope))
        }
        let names = names(procedure, in: scope)
        let isEvaluation = procedure.kind == .variable && procedure.text == "eval"
        return CallNode(
            callee,
            arguments,
            isTail: node.isTailCall,
            place: Place(position: node.position, token: names.token),
            bareName: names.bare,
            scope: isEvaluation ? scope.visible : nil
        )
    }

    func partial(_ node: Syntax, in scope: Scope) throws(Fault) -> any Node {
        guard let procedure = node.procedure else {
            return LiteralNode(.undefined)
        }
        let callee = try callee(procedure, in: scope)
        var arguments: [(any Node)?] = []
        for argument in node.children {
            if argument.kind == .placeholder {
                arguments.append(nil)
            } else {
                arguments.append(try compile(argument, in: scope))
            }
        }
        let names = names(procedure, in: scope)
        return PartialNode(
            callee,
            arguments,
            place: Place(position: node.position, token: names.token),
            bareName: names.bare
        )
    }
}
