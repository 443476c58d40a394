extension Builtins {
    /// Functions that make one value of many numbers.
    static let aggregates: [Builtin] = [
        Builtin("sum", "<a<n>:n>", 1) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0) else {
                return .undefined
            }
            return .number(try total(node, machine))
        },
        Builtin("count", "<a:n>", 1) { (arguments, _, _) throws(Fault) in
            .number(Double(arguments.array(0)?.count ?? 0))
        },
        Builtin("max", "<a<n>:n>", 1) { (arguments, machine, _) throws(Fault) in
            try extreme(arguments, machine) { max($0, $1) }
        },
        Builtin("min", "<a<n>:n>", 1) { (arguments, machine, _) throws(Fault) in
            try extreme(arguments, machine) { min($0, $1) }
        },
        Builtin("average", "<a<n>:n>", 1) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0), node.count > 0 else {
                return .undefined
            }
            return .number(try total(node, machine) / Double(node.count))
        },
    ]

    private static func total(_ node: ArrayNode, _ machine: Machine) throws(Fault) -> Double {
        try machine.count(node.count)
        var sum = 0.0
        for place in 0..<node.count {
            sum += node[place].number ?? 0
        }
        return sum
    }

    private static func extreme(
        _ arguments: [Value],
        _ machine: Machine,
        _ choose: (Double, Double) -> Double
    ) throws(Fault) -> Value {
        guard let node = arguments.array(0), node.count > 0 else {
            return .undefined
        }
        try machine.count(node.count)
        var result = node[0].number ?? 0
        for place in 1..<max(node.count, 1) {
            result = choose(result, node[place].number ?? 0)
        }
        return .number(result)
    }
}
