extension Builtins {
    /// Functions that call functions.
    static let callbacks: [Builtin] = [
        Builtin("map", "<af>", 2) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0), let function = arguments.function(1) else {
                return .undefined
            }
            var found: ContiguousArray<Value> = []
            for place in 0..<node.count {
                let value = try machine.apply(
                    function,
                    to: node[place],
                    .number(Double(place)),
                    .array(node)
                )
                if value.isDefined {
                    found.append(value)
                }
            }
            return try machine.checked(.sequence(found))
        },
        Builtin("filter", "<af>", 2) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0), let function = arguments.function(1) else {
                return .undefined
            }
            var found: ContiguousArray<Value> = []
            for place in 0..<node.count {
                let item = node[place]
                let value = try machine.apply(
                    function,
                    to: item,
                    .number(Double(place)),
                    .array(node)
                )
                if try machine.isTrue(value) {
                    found.append(item)
                }
            }
            return .sequence(found)
        },
        Builtin("single", "<af?>", 2) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0) else {
                return .undefined
            }
            return try single(node, arguments.function(1), machine)
        },
        Builtin("reduce", "<afj?:j>", 3) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0), let function = arguments.function(1) else {
                return .undefined
            }
            guard function.arity >= 2 else {
                throw Fault("D3050", detail: "1")
            }
            return try reduce(node, function, arguments.at(2), machine)
        },
        Builtin("each", "<o-f:a>", 2) { (arguments, machine, _) throws(Fault) in
            guard case .object(let node) = arguments.at(0),
                let function = arguments.function(1)
            else {
                return .undefined
            }
            var found: ContiguousArray<Value> = []
            for member in node.all {
                let value = try machine.apply(
                    function,
                    to: member.value,
                    .string(member.key),
                    .object(node)
                )
                if value.isDefined {
                    found.append(value)
                }
            }
            return try machine.checked(.sequence(found))
        },
        Builtin("sift", "<o-f?:o>", 2) { (arguments, machine, _) throws(Fault) in
            guard case .object(let node) = arguments.at(0),
                let function = arguments.function(1)
            else {
                return .undefined
            }
            let result = ObjectNode()
            for member in node.all {
                let value = try machine.apply(
                    function,
                    to: member.value,
                    .string(member.key),
                    .object(node)
                )
                if try machine.isTrue(value) {
                    result.set(member.key, member.value)
                }
            }
            return result.count > 0 ? .object(result) : .undefined
        },
    ]

    private static func single(
        _ node: ArrayNode,
        _ function: FunctionNode?,
        _ machine: Machine
    ) throws(Fault) -> Value {
        var found: Value?
        for place in 0..<node.count {
            let item = node[place]
            if let function {
                let value = try machine.apply(
                    function,
                    to: item,
                    .number(Double(place)),
                    .array(node)
                )
                guard try machine.isTrue(value) else {
                    continue
                }
            }
            guard found == nil else {
                throw Fault("D3138", detail: String(place))
            }
            found = item
        }
        guard let found else {
            throw Fault("D3139")
        }
        return found
    }

    private static func reduce(
        _ node: ArrayNode,
        _ function: FunctionNode,
        _ initial: Value,
        _ machine: Machine
    ) throws(Fault) -> Value {
        var result = initial
        var place = 0
        if !initial.isDefined, node.count > 0 {
            result = node[0]
            place = 1
        }
        let arity = function.arity
        while place < node.count {
            var arguments = [result, node[place]]
            if arity >= 3 {
                arguments.append(.number(Double(place)))
            }
            if arity >= 4 {
                arguments.append(.array(node))
            }
            result = try machine.apply(function, arguments, .undefined)
            place += 1
        }
        return result
    }
}
