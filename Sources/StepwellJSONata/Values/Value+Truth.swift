import StepwellJSON

extension Value {
    /// The value as a condition: `$boolean` of it, and no value is false.
    var isTruthy: Bool {
        switch self {
        case .bool(let value): value
        case .number(let value): value != 0
        case .literal(let literal): literal.value != 0
        case .string(let text): !text.isEmpty
        case .array(let node): Self.isTruthy(node)
        case .object(let node): node.count > 0
        case .undefined, .unbound, .null, .function: false
        }
    }

    private static func isTruthy(_ node: ArrayNode) -> Bool {
        switch node.count {
        case 0: false
        case 1: node[0].isTruthy
        default: node.elements.contains { $0.isTruthy }
        }
    }

    /// Deep equality: strings by code units, objects without regard to order.
    func equals(_ other: Value) -> Bool {
        switch (self, other) {
        case (.undefined, .undefined), (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.string(let left), .string(let right)): return left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)):
            return left === right || Self.equal(left, right)
        case (.object(let left), .object(let right)):
            return left === right || Self.equal(left, right)
        case (.function(let left), .function(let right)): return left === right
        default:
            guard let left = number, let right = other.number else {
                return false
            }
            return left == right
        }
    }

    private static func equal(_ left: ArrayNode, _ right: ArrayNode) -> Bool {
        guard left.count == right.count else {
            return false
        }
        for place in 0..<left.count where !left[place].equals(right[place]) {
            return false
        }
        return true
    }

    private static func equal(_ left: ObjectNode, _ right: ObjectNode) -> Bool {
        guard left.count == right.count else {
            return false
        }
        for member in left.all {
            guard right.has(member.key), member.value.equals(right.value(member.key)) else {
                return false
            }
        }
        return true
    }
}
