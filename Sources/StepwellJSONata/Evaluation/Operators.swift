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

/// Where an operator stands, for its errors.
struct Place {
    let position: Int
    let token: String
}

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
        return .bool(first.equals(second) == wantsEqual)
    }
}

/// Order: `< <= > >=`.
final class ComparisonNode: Node {
    /// Which of them.
    enum Operation {
        case less, lessOrEqual, greater, greaterOrEqual
    }

    private let operation: Operation
    private let left: any Node
    private let right: any Node
    private let place: Place

    init(_ operation: Operation, _ left: any Node, _ right: any Node, _ place: Place) {
        self.operation = operation
        self.left = left
        self.right = right
        self.place = place
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let first = try machine.evaluate(left, input, frame)
        let second = try machine.evaluate(right, input, frame)
        let comparable: ValueType = [.number, .string, .missing]
        for value in [first, second] where !comparable.contains(value.type) {
            throw Fault(
                "T2010",
                position: place.position,
                token: place.token,
                value: value.json()
            )
        }
        guard first.isDefined, second.isDefined else {
            return .undefined
        }
        if let left = first.number, let right = second.number {
            return .bool(compare(left < right, left == right))
        }
        if case .string(let left) = first, case .string(let right) = second {
            return .bool(compare(UTF16Text.isLess(left, right), left.hasSameBytes(as: right)))
        }
        throw Fault(
            "T2009",
            position: place.position,
            token: place.token,
            value: first.json(),
            detail: second.json()?.description
        )
    }

    private func compare(_ isLess: Bool, _ isEqual: Bool) -> Bool {
        switch operation {
        case .less: isLess
        case .lessOrEqual: isLess || isEqual
        case .greater: !isLess && !isEqual
        case .greaterOrEqual: !isLess
        }
    }
}

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
        let first = try machine.evaluate(left, input, frame).isTruthy
        guard first == isConjunction else {
            return .bool(first)
        }
        return .bool(try machine.evaluate(right, input, frame).isTruthy)
    }
}

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
            return .bool(first.equals(second))
        }
        try machine.count(node.count)
        for place in 0..<node.count where first.equals(node[place]) {
            return .bool(true)
        }
        return .bool(false)
    }
}

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
