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
