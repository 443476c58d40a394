import StepwellJSON

/// A range, `[a..b]`.
final class RangeNode: Node {
    private static let longest = 10_000_000.0

    private let left: any Node
    private let right: any Node
    private let position: Int

    init(_ left: any Node, _ right: any Node, at position: Int) {
        self.left = left
        self.right = right
        self.position = position
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let first = try machine.evaluate(left, input, frame)
        let second = try machine.evaluate(right, input, frame)
        guard !first.isDefined || Self.isInteger(first) else {
            throw Fault("T2003", position: position, token: "..", value: first.json())
        }
        guard !second.isDefined || Self.isInteger(second) else {
            throw Fault("T2004", position: position, token: "..", value: second.json())
        }
        guard let low = first.number, let high = second.number, low <= high else {
            return .undefined
        }
        guard high - low + 1 <= Self.longest, low.magnitude <= 0x1p53, high.magnitude <= 0x1p53
        else {
            throw Fault(
                "D2014",
                position: position,
                token: "..",
                value: Value.number(high - low + 1).json()
            )
        }
        try machine.check(length: Int(high - low) + 1)
        return .array(ArrayNode(range: Int(low)..<Int(high) + 1))
    }

    private static func isInteger(_ value: Value) -> Bool {
        value.number.map { $0 == $0.rounded(.towardZero) && $0.isFinite } ?? false
    }
}
