import StepwellJSON

/// Arithmetic: `+ - * / %`.
final class ArithmeticNode: Node {
    /// Which of them.
    enum Operation {
        case add, subtract, multiply, divide, remainder
    }

    private let operation: Operation
    private let left: any Node
    private let right: any Node
    private let position: Int
    private let token: String

    init(_ operation: Operation, _ left: any Node, _ right: any Node, _ place: Place) {
        self.operation = operation
        self.left = left
        self.right = right
        position = place.position
        token = place.token
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let first = try machine.evaluate(left, input, frame)
        let second = try machine.evaluate(right, input, frame)
        if case .number(let left) = first, case .number(let right) = second {
            return try apply(left, right)
        }
        guard first.number != nil || !first.isDefined else {
            throw Fault("T2001", position: position, token: token, value: first.json())
        }
        guard second.number != nil || !second.isDefined else {
            throw Fault("T2002", position: position, token: token, value: second.json())
        }
        guard let left = first.number, let right = second.number else {
            return .undefined
        }
        return try apply(left, right)
    }

    @inline(__always)
    private func apply(_ left: Double, _ right: Double) throws(Fault) -> Value {
        guard left.isFinite, right.isFinite else { throw refusal(left, right) }
        let result: Double
        switch operation {
        case .add: result = left + right
        case .subtract: result = left - right
        case .multiply: result = left * right
        case .divide: result = left / right
        case .remainder: result = left.truncatingRemainder(dividingBy: right)
        }
        return .number(result)
    }
}

extension ArithmeticNode {
    /// Infinity is out of range; what is no number at all, as the remainder by zero, is none for
    /// the reference either.
    private func refusal(_ left: Double, _ right: Double) -> Fault {
        for (operand, code) in [(left, "T2001"), (right, "T2002")] where !operand.isFinite {
            if operand.isNaN { return Fault(code, position: position, token: token) }
            return .outOfRange(operand, at: position, token: token)
        }
        return .outOfRange(left, at: position, token: token)
    }
}
