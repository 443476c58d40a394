/// `$$`: the input of the whole expression.
final class RootNode: Node {
    func evaluate(_: Value, _: Frame, _ machine: Machine) throws(Fault) -> Value {
        machine.root.collapsed()
    }
}
