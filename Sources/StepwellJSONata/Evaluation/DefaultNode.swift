/// `??` and `?:`: the left operand if it exists, or is true, else the right one.
final class DefaultNode: Node {
    private let left: any Node
    private let right: any Node
    private let wantsTruth: Bool

    init(_ left: any Node, _ right: any Node, wantsTruth: Bool) {
        self.left = left
        self.right = right
        self.wantsTruth = wantsTruth
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let value = try machine.evaluate(left, input, frame)
        if try wantsTruth ? machine.isTrue(value) : value.isDefined {
            return value
        }
        return try machine.evaluate(right, input, frame)
    }
}
