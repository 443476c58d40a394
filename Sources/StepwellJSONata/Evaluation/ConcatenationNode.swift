/// Concatenation, `&`.
final class ConcatenationNode: Node {
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
        let head = first.isDefined ? try Text.string(first, machine) : ""
        let tail = second.isDefined ? try Text.string(second, machine) : ""
        try machine.count(bytes: head.utf8.count + tail.utf8.count)
        return .string(UTF16Text.joined(head, tail))
    }
}
