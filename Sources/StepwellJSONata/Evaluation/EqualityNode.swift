/// Equality: `=` and `!=`.
final class EqualityNode: Node {
    private let left: any Node
    private let right: any Node
    private let wantsEqual: Bool

    init(_ left: any Node, _ right: any Node, wantsEqual: Bool) {
        self.left = left
        self.right = right
        self.wantsEqual = wantsEqual
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let first = try machine.evaluate(left, input, frame)
        let second = try machine.evaluate(right, input, frame)
        guard first.isDefined, second.isDefined else {
            return .bool(false)
        }
        return .bool(try machine.areEqual(first, second) == wantsEqual)
    }
}
