/// Membership, `in`.
final class InclusionNode: Node {
    private let left: any Node
    private let right: any Node

    init(_ left: any Node, _ right: any Node) {
        self.left = left
        self.right = right
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
        guard case .array(let node) = second else {
            return .bool(try machine.areEqual(first, second))
        }
        for place in 0..<node.count {
            try machine.count()
            if try machine.areEqual(first, node[place]) { return .bool(true) }
        }
        return .bool(false)
    }
}
