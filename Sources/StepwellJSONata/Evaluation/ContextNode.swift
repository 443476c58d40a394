/// `$`: the context.
final class ContextNode: Node {
    func evaluate(_ input: Value, _: Frame, _: Machine) throws(Fault) -> Value {
        if case .array(let node) = input, node.traits.contains(.wrapper) {
            return node[0]
        }
        return input.collapsed()
    }
}
