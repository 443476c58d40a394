extension Machine {
    /// Calls a function.
    ///
    /// - Parameters:
    ///   - function: what is called.
    ///   - arguments: its arguments, as they were written.
    ///   - context: what takes the place of a missing argument where the signature says so.
    /// - Returns: its value, collapsed.
    /// - Throws: what ended it.
    func apply(
        _ function: FunctionNode,
        _ arguments: [Value],
        _ context: Value
    ) throws(Fault) -> Value {
        try count()
        switch function.kind {
        case .lambda(let node, let frame, let input):
            return try run(node, frame, input, arguments, context)
        case .native(let builtin):
            return try run(builtin, arguments, context)
        case .partial(let inner, let known):
            return try apply(inner, fill(known, arguments), context)
        case .composed(let first, let second):
            return try apply(second, [try apply(first, arguments, .undefined)], .undefined)
        case .pattern(let pattern):
            return try Matching.apply(pattern, arguments, self)
        case .nextMatch(let pattern, let units, let start):
            return try Matching.next(pattern, units, from: start, self)
        case .transform(let node, let frame, let input):
            return try node.apply(arguments, frame, input, self)
        }
    }

    /// Calls a function of the language.
    func call(
        _ builtin: Builtin,
        _ arguments: [Value],
        _ context: Value
    ) throws(Fault) -> Value {
        try count()
        return try run(builtin, arguments, context)
    }

    private func run(
        _ builtin: Builtin,
        _ arguments: [Value],
        _ context: Value
    ) throws(Fault) -> Value {
        var values = arguments
        if let signature = builtin.signature {
            values = try signature.validate(arguments, context, self)
        }
        for case .string(let text) in values {
            try count(reading: text)
        }
        // A function that calls functions takes more of the stack than a level of nesting.
        depth &+= budget.functionDepth
        if depth > budget.depth {
            throw Fault("U1001", detail: "depth")
        }
        let value = try builtin.run(values, self, context)
        depth &-= budget.functionDepth
        return value.collapsed()
    }

    private func fill(_ known: [Value?], _ arguments: [Value]) -> [Value] {
        var rest = arguments[...]
        return known.map { $0 ?? rest.popFirst() ?? .undefined }
    }

    /// Runs a lambda, and after it the calls that lambdas end with.
    private func run(
        _ first: LambdaNode,
        _ closure: Frame,
        _ input: Value,
        _ arguments: [Value],
        _ context: Value
    ) throws(Fault) -> Value {
        var node = first
        var closure = closure
        var input = input
        var arguments = arguments
        var context = context
        while true {
            if let signature = node.signature {
                arguments = try signature.validate(arguments, context, self)
            }
            let frame = Frame(parent: closure, slots: node.slots)
            for (place, slot) in node.parameterSlots.enumerated() {
                frame.slots[slot] = place < arguments.count ? arguments[place] : .undefined
            }
            let value = try evaluate(node.body, input, frame)
            leave(frame)
            guard let call = tail else {
                return value
            }
            tail = nil
            try count()
            guard case .lambda(let next, let frame, let nextInput) = call.function.kind else {
                return value
            }
            node = next
            closure = frame
            input = nextInput
            arguments = call.arguments
            context = call.input
        }
    }

    /// Calls a function for an element: with as many arguments as it wants.
    func apply(
        _ function: FunctionNode,
        to value: Value,
        _ second: @autoclosure () -> Value,
        _ third: @autoclosure () -> Value
    ) throws(Fault) -> Value {
        let arity = function.arity
        var arguments = [value]
        if arity >= 2 {
            arguments.append(second())
        }
        if arity >= 3 {
            arguments.append(third())
        }
        return try apply(function, arguments, .undefined)
    }
}
