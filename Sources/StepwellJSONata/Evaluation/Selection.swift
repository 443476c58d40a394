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
            case .object(let object): try append(object.value(key), to: &found, machine)
            case .array(let inner): try collect(key, in: inner, into: &found, machine)
            default: break
            }
        }
    }

    /// Adds a value to a sequence: the elements of an array, nothing for no value.
    @inline(__always)
    static func append(
        _ value: Value,
        to found: inout ContiguousArray<Value>,
        _ machine: Machine
    ) throws(Fault) {
        switch value {
        case .undefined, .unbound: break
        case .array(let node): try append(node, to: &found, machine)
        default: found.append(value)
        }
    }

    /// Adds the elements of an array to a sequence, unless it becomes too long.
    static func append(
        _ node: ArrayNode,
        to found: inout ContiguousArray<Value>,
        _ machine: Machine
    ) throws(Fault) {
        try machine.count(node.count)
        try machine.check(length: found.count + node.count)
        found.append(contentsOf: node.elements)
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
        var elements: ContiguousArray<Value> = []
        try append(first, to: &elements, machine)
        try append(second, to: &elements, machine)
        // Always an array, even of one: the reference concatenates, which makes a plain array of
        // a sequence.
        return try machine.checked(.array(ArrayNode(elements)))
    }
}
