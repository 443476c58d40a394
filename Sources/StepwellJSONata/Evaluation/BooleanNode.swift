/// Conditions: `and` and `or`.
final class BooleanNode: Node {
    private let left: any Node
    private let right: any Node
    private let isConjunction: Bool

    init(_ left: any Node, _ right: any Node, isConjunction: Bool) {
        self.left = left
        self.right = right
        self.isConjunction = isConjunction
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let first = try machine.isTrue(try machine.evaluate(left, input, frame))
        guard first == isConjunction else {
            return .bool(first)
        }
        return .bool(try machine.isTrue(try machine.evaluate(right, input, frame)))
    }
}
