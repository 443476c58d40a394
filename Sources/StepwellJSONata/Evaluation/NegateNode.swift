import StepwellJSON

/// `-` before an operand.
final class NegateNode: Node {
    private let operand: any Node
    private let position: Int

    init(_ operand: any Node, at position: Int) {
        self.operand = operand
        self.position = position
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let value = try machine.evaluate(operand, input, frame)
        guard value.isDefined else {
            return .undefined
        }
        guard let number = value.number else {
            throw Fault("D1002", position: position, token: "-", value: value.json())
        }
        return .number(-number)
    }
}
