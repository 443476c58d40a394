extension Builtins {
    /// Functions of arrays.
    static let arrays: [Builtin] = [
        Builtin("append", "<xx:a>", 2) { (arguments, machine, _) throws(Fault) in
            try Selection.append(arguments.at(0), arguments.at(1), machine)
        },
        Builtin("reverse", "<a:a>", 1) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0) else {
                return .undefined
            }
            try machine.count(node.count)
            return .array(ArrayNode(ContiguousArray(node.elements.reversed())))
        },
        Builtin("distinct", "<x:x>", 1) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0), node.count > 1 else {
                return arguments.at(0)
            }
            let found = try ArrayFunctions.distinct(node, machine)
            return .array(ArrayNode(found, node.isSequence ? .sequence : []))
        },
        Builtin("shuffle", "<a:a>", 1) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0) else {
                return .undefined
            }
            try machine.count(node.count)
            var elements = node.elements
            for place in stride(from: elements.count - 1, to: 0, by: -1) {
                let other = Int(machine.sources.fraction() * Double(place + 1))
                elements.swapAt(place, other)
            }
            return .array(ArrayNode(elements))
        },
        Builtin("zip", "<a+>", 1) { (arguments, machine, _) throws(Fault) in
            let nodes = arguments.indices.compactMap { arguments.array($0) }
            let shortest = nodes.count < arguments.count ? 0 : nodes.map(\.count).min() ?? 0
            try machine.count(shortest * (nodes.count + Machine.containerSteps))
            var rows: ContiguousArray<Value> = []
            for place in 0..<shortest {
                rows.append(.array(ArrayNode(ContiguousArray(nodes.map { $0[place] }))))
            }
            return try machine.checked(.array(ArrayNode(rows)))
        },
        Builtin("sort", "<af?:a>", 2) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0) else {
                return .undefined
            }
            return try ArrayFunctions.sort(node, arguments.function(1), machine)
        },
    ]
}

/// What the functions of arrays do.
enum ArrayFunctions {
    static func distinct(
        _ node: ArrayNode,
        _ machine: Machine
    ) throws(Fault) -> ContiguousArray<Value> {
        var found: ContiguousArray<Value> = []
        var strings: Set<KeyBytes> = []
        var numbers: Set<Double> = []
        var others: ContiguousArray<Value> = []
        for element in node.elements {
            try machine.count()
            if case .string(let text) = element {
                try machine.count(reading: text)
                if strings.insert(KeyBytes(text)).inserted {
                    found.append(element)
                }
            } else if let number = element.number {
                if numbers.insert(number).inserted {
                    found.append(element)
                }
            } else {
                guard try !contains(others, element, machine) else { continue }
                others.append(element)
                found.append(element)
            }
        }
        return found
    }

    private static func contains(
        _ known: ContiguousArray<Value>,
        _ value: Value,
        _ machine: Machine
    ) throws(Fault) -> Bool {
        for other in known {
            try machine.count()
            if try machine.areEqual(other, value) { return true }
        }
        return false
    }

    static func sort(
        _ node: ArrayNode,
        _ comparison: FunctionNode?,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard node.count > 1 else {
            return .array(node)
        }
        let elements = Array(node.elements)
        if let comparison {
            let sorted = try MergeSort.sorted(elements, machine) { (left, right) throws(Fault) in
                try machine.isTrue(try machine.apply(comparison, [left, right], .undefined))
            }
            return .array(ArrayNode(ContiguousArray(sorted)))
        }
        let areNumbers = elements.allSatisfy { $0.number != nil }
        guard areNumbers || elements.allSatisfy({ $0.type == .string }) else {
            throw Fault("D3070")
        }
        let sorted = try MergeSort.sorted(elements, machine) { (left, right) throws(Fault) in
            if let first = left.number, let second = right.number {
                return first > second
            }
            guard case .string(let first) = left, case .string(let second) = right else {
                return false
            }
            try machine.count(reading: first)
            return UTF16Text.isLess(second, first)
        }
        return .array(ArrayNode(ContiguousArray(sorted)))
    }
}
