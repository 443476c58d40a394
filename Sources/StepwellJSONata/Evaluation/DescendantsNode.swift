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
