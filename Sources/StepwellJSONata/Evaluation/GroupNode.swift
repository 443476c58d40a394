import StepwellJSON

/// `{…}`: an object from each input, or one object from groups of inputs.
final class Grouping: Sendable {
    /// A pair of the object.
    struct Pair: Sendable {
        let key: any Node
        let value: any Node
    }

    private let pairs: [Pair]
    private let position: Int

    init(_ pairs: [Pair], at position: Int) {
        self.pairs = pairs
        self.position = position
    }

    /// The inputs of one key.
    private struct Group {
        let key: String
        let pair: Int
        var items: ContiguousArray<Value>
        var tuples: ContiguousArray<Frame>
    }

    /// The object that the inputs make.
    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        if case .array(let node) = input, let tuples = node.tuples {
            return try evaluate(tuples: tuples, frame, machine)
        }
        if case .array(let node) = input {
            if node.count > 0 {
                return try evaluate(items: node.elements, frame, machine)
            }
            return try single(.undefined, frame, machine)
        }
        return try single(input, frame, machine)
    }

    /// The common case: one input, so that every group has that one.
    private func single(
        _ item: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        try machine.count(pairs.count)
        let object = ObjectNode()
        var keys: [(key: String, pair: Int)] = []
        keys.reserveCapacity(pairs.count)
        for (place, pair) in pairs.enumerated() {
            guard let key = try key(of: pair, item, frame, machine) else {
                continue
            }
            if keys.contains(where: { $0.key.hasSameBytes(as: key) }) {
                throw Fault("D1009", position: position, token: "{", value: .string(key))
            }
            keys.append((key, place))
        }
        for (key, place) in keys {
            let value = try machine.evaluate(pairs[place].value, item, frame)
            if value.isDefined {
                object.set(key, value)
            }
        }
        return try machine.checked(.object(object))
    }

    private func key(
        of pair: Pair,
        _ item: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> String? {
        let key = try machine.evaluate(pair.key, item, frame)
        switch key {
        case .undefined: return nil
        case .string(let text): return text
        default:
            throw Fault("T1003", position: position, token: "{", value: key.json())
        }
    }

    private func evaluate(
        items: ContiguousArray<Value>,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        if items.count == 1 {
            return try single(items[0], frame, machine)
        }
        var groups: [Group] = []
        var places: [KeyBytes: Int] = [:]
        for item in items {
            try machine.count()
            for (place, pair) in pairs.enumerated() {
                guard let key = try key(of: pair, item, frame, machine) else {
                    continue
                }
                let group = try group(key, place, &groups, &places)
                try Selection.append(item, to: &groups[group].items, machine)
            }
        }
        let object = ObjectNode()
        for group in groups {
            let input = group.items.count == 1 ? group.items[0] : .sequence(group.items)
            let value = try machine.evaluate(pairs[group.pair].value, input, frame)
            if value.isDefined {
                object.set(group.key, value)
            }
        }
        return try machine.checked(.object(object))
    }

    private func group(
        _ key: String,
        _ pair: Int,
        _ groups: inout [Group],
        _ places: inout [KeyBytes: Int]
    ) throws(Fault) -> Int {
        if let known = places[KeyBytes(key)] {
            guard groups[known].pair == pair else {
                throw Fault("D1009", position: position, token: "{", value: .string(key))
            }
            return known
        }
        places[KeyBytes(key)] = groups.count
        groups.append(Group(key: key, pair: pair, items: [], tuples: []))
        return groups.count - 1
    }

    private func evaluate(
        tuples: ContiguousArray<Frame>,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        var groups: [Group] = []
        var places: [KeyBytes: Int] = [:]
        for tuple in tuples {
            try machine.count()
            for (place, pair) in pairs.enumerated() {
                guard let key = try key(of: pair, tuple.context, tuple, machine) else {
                    continue
                }
                let group = try group(key, place, &groups, &places)
                groups[group].tuples.append(tuple)
            }
        }
        let object = ObjectNode()
        for group in groups {
            let tuple = try merged(group.tuples, machine)
            let value = try machine.evaluate(pairs[group.pair].value, tuple.context, tuple)
            machine.leave(tuple)
            if value.isDefined {
                object.set(group.key, value)
            }
        }
        return try machine.checked(.object(object))
    }

    /// One tuple whose variables have the values of all.
    private func merged(
        _ tuples: ContiguousArray<Frame>,
        _ machine: Machine
    ) throws(Fault) -> Frame {
        let result = Frame(copying: tuples[0])
        guard tuples.count > 1 else {
            return result
        }
        for slot in result.slots.indices {
            result.slots[slot] = try merged(tuples.map { $0.slots[slot] }, machine)
        }
        result.context = try merged(tuples.map(\.context), machine)
        return result
    }

    private func merged(_ values: [Value], _ machine: Machine) throws(Fault) -> Value {
        var elements: ContiguousArray<Value> = []
        for value in values {
            if case .unbound = value {
                continue
            }
            try Selection.append(value, to: &elements, machine)
        }
        switch elements.count {
        case 0: return values[0]
        case 1: return elements[0]
        default: return .sequence(elements)
        }
    }
}

/// `{…}` as a value or a step.
final class ObjectConstructorNode: Node {
    private let grouping: Grouping

    init(_ grouping: Grouping) {
        self.grouping = grouping
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        try grouping.evaluate(input, frame, machine)
    }
}
