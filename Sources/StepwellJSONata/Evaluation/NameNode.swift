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
