/// Looking into values by name.
enum Selection {
    /// The values of a key in a value: of an object its member, of an array the members of its
    /// elements as a sequence that is not yet collapsed.
    static func lookup(
        _ key: String,
        in value: Value,
        _ machine: Machine
    ) throws(Fault) -> Value {
        switch value {
        case .object(let node): return node.value(key)
        case .array(let node):
            var found: ContiguousArray<Value> = []
            try collect(key, in: node, into: &found, machine)
            return .sequence(found)
        default: return .undefined
        }
    }

    private static func collect(
        _ key: String,
        in node: ArrayNode,
        into found: inout ContiguousArray<Value>,
        _ machine: Machine
    ) throws(Fault) {
        try machine.count(node.count)
        guard node.range == nil else {
            return
        }
        for element in node.elements {
            switch element {
            case .object(let object): append(object.value(key), to: &found)
            case .array(let inner): try collect(key, in: inner, into: &found, machine)
            default: break
            }
        }
    }

    /// Adds a value to a sequence: the elements of an array, nothing for no value.
    @inline(__always)
    static func append(_ value: Value, to found: inout ContiguousArray<Value>) {
        switch value {
        case .undefined, .unbound: break
        case .array(let node): found.append(contentsOf: node.elements)
        default: found.append(value)
        }
    }

    /// One value behind the other, as `$append` has it.
    static func append(
        _ first: Value,
        _ second: Value,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard first.isDefined else {
            return second
        }
        guard second.isDefined else {
            return first
        }
        var elements = first.items
        elements.append(contentsOf: second.items)
        try machine.count(elements.count)
        try machine.check(length: elements.count)
        // Always an array, even of one: the reference concatenates, which makes a plain array of
        // a sequence.
        return try machine.checked(.array(ArrayNode(elements)))
    }
}

/// A step by name.
final class NameNode: Node {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    func evaluate(
        _ input: Value,
        _: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        try Selection.lookup(name, in: input, machine).collapsed()
    }
}

/// All members, `*`.
final class WildcardNode: Node {
    func evaluate(
        _ input: Value,
        _: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        var value = input
        if case .array(let node) = input, node.traits.contains(.wrapper) {
            value = node[0]
        }
        var found: ContiguousArray<Value> = []
        switch value {
        case .object(let node):
            for member in node.all {
                try flatten(member.value, into: &found, machine)
            }
        case .array(let node):
            for element in node.elements {
                try flatten(element, into: &found, machine)
            }
        default: break
        }
        return Value.sequence(found).collapsed()
    }

    private func flatten(
        _ value: Value,
        into found: inout ContiguousArray<Value>,
        _ machine: Machine
    ) throws(Fault) {
        try machine.count()
        guard case .array(let node) = value else {
            found.append(value)
            return
        }
        for element in node.elements {
            try flatten(element, into: &found, machine)
        }
    }
}

/// All descendants, `**`.
final class DescendantsNode: Node {
    func evaluate(
        _ input: Value,
        _: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard input.isDefined else {
            return .undefined
        }
        var found: ContiguousArray<Value> = []
        try descend(input, into: &found, machine)
        return found.count == 1 ? found[0] : .sequence(found)
    }

    private func descend(
        _ value: Value,
        into found: inout ContiguousArray<Value>,
        _ machine: Machine
    ) throws(Fault) {
        try machine.count()
        switch value {
        case .array(let node):
            for element in node.elements {
                try descend(element, into: &found, machine)
            }
        case .object(let node):
            found.append(value)
            for member in node.all {
                try descend(member.value, into: &found, machine)
            }
        default: found.append(value)
        }
    }
}

/// `[…]` as a value.
final class ArrayConstructorNode: Node {
    private let items: [any Node]
    private let isConstructor: Bool

    init(_ items: [any Node], isConstructor: Bool) {
        self.items = items
        self.isConstructor = isConstructor
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let traits: ArrayNode.Traits = isConstructor ? .constructed : []
        if items.count == 1, !isConstructor, let range = items[0] as? RangeNode {
            let value = try machine.evaluate(range, input, frame)
            return value.isDefined ? value : .array(ArrayNode([], traits))
        }
        var elements: ContiguousArray<Value> = []
        elements.reserveCapacity(items.count)
        for item in items {
            let value = try machine.evaluate(item, input, frame)
            if value.isDefined, item is ArrayConstructorNode {
                elements.append(value)
            } else {
                Selection.append(value, to: &elements)
            }
        }
        try machine.check(length: elements.count)
        return try machine.checked(.array(ArrayNode(elements, traits)))
    }
}
