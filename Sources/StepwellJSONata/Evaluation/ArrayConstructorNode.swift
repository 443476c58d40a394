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
                try Selection.append(value, to: &elements, machine)
            }
        }
        return try machine.checked(.array(ArrayNode(elements, traits)))
    }
}
