/// Expressions in parentheses.
final class BlockNode: Node {
    private let expressions: [any Node]
    /// The variables bound in it; without any, it needs no frame.
    private let slots: Int

    init(_ expressions: [any Node], slots: Int) {
        self.expressions = expressions
        self.slots = slots
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let inner = slots > 0 ? Frame(parent: frame, slots: slots) : frame
        var result = Value.undefined
        for expression in expressions {
            result = try machine.evaluate(expression, input, inner)
        }
        if slots > 0 {
            machine.leave(inner)
        }
        return result
    }
}
