import StepwellJSON

extension Machine {
    /// A value as a condition: `$boolean` of it, and no value is false.
    @inline(__always)
    func isTrue(_ value: Value) throws(Fault) -> Bool {
        switch value {
        case .bool(let value): value
        case .number(let value): value != 0
        case .literal(let literal): literal.value != 0
        case .string(let text): !text.isEmpty
        case .array(let node): try isTrue(node)
        case .object(let node): node.count > 0
        case .undefined, .unbound, .null, .function: false
        }
    }

    private func isTrue(_ node: ArrayNode) throws(Fault) -> Bool {
        for place in 0..<node.count {
            try count()
            if try isTrue(node[place]) { return true }
        }
        return false
    }

    /// Deep equality: strings by code units, objects without regard to order.
    @inline(__always)
    func areEqual(_ left: Value, _ right: Value) throws(Fault) -> Bool {
        switch (left, right) {
        case (.undefined, .undefined), (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.string(let left), .string(let right)): return try areEqual(left, right)
        case (.array(let left), .array(let right)):
            return left === right ? true : try areEqual(left, right)
        case (.object(let left), .object(let right)):
            return left === right ? true : try areEqual(left, right)
        case (.function(let left), .function(let right)): return left === right
        default:
            guard let left = left.number, let right = right.number else {
                return false
            }
            return left == right
        }
    }

    /// Whether two strings have the same code units.
    @inline(__always)
    func areEqual(_ left: String, _ right: String) throws(Fault) -> Bool {
        guard left.utf8.count == right.utf8.count else {
            return false
        }
        try count(reading: left)
        return left.hasSameBytes(as: right)
    }

    private func areEqual(_ left: ArrayNode, _ right: ArrayNode) throws(Fault) -> Bool {
        guard left.count == right.count else {
            return false
        }
        for place in 0..<left.count {
            try count()
            guard try areEqual(left[place], right[place]) else { return false }
        }
        return true
    }

    private func areEqual(_ left: ObjectNode, _ right: ObjectNode) throws(Fault) -> Bool {
        guard left.count == right.count else {
            return false
        }
        for member in left.all {
            try count()
            guard right.has(member.key), try areEqual(member.value, right.value(member.key))
            else { return false }
        }
        return true
    }
}
