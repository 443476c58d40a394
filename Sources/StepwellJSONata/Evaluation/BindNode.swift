/// A binding, `:=`.
final class BindNode: Node {
    private let slot: Int
    private let value: any Node

    init(slot: Int, value: any Node) {
        self.slot = slot
        self.value = value
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let result = try machine.evaluate(value, input, frame)
        frame.slots[slot] = result
        return result
    }
}
