/// A literal.
final class LiteralNode: Node {
    /// The constants that a literal can be.
    enum Constant {
        case null, undefined
        case bool(Bool)
        case number(Double)
        case string(String)
    }

    private let constant: Constant

    init(_ constant: Constant) {
        self.constant = constant
    }

    /// The number, when the literal is one.
    var number: Double? {
        if case .number(let value) = constant {
            return value
        }
        return nil
    }

    func evaluate(_: Value, _: Frame, _: Machine) throws(Fault) -> Value {
        switch constant {
        case .null: .null
        case .undefined: .undefined
        case .bool(let value): .bool(value)
        case .number(let value): .number(value)
        case .string(let text): .string(text)
        }
    }
}

/// `$`: the context.
final class ContextNode: Node {
    func evaluate(_ input: Value, _: Frame, _: Machine) throws(Fault) -> Value {
        if case .array(let node) = input, node.traits.contains(.wrapper) {
            return node[0]
        }
        return input.collapsed()
    }
}

/// `$$`: the input of the whole expression.
final class RootNode: Node {
    func evaluate(_: Value, _: Frame, _ machine: Machine) throws(Fault) -> Value {
        machine.root.collapsed()
    }
}

/// A variable, or the name of a function.
final class VariableNode: Node {
    /// Where it may be bound: so many scopes out, in this slot.
    struct Place {
        let hops: Int
        let slot: Int
    }

    let name: String
    let places: [Place]
    let builtin: Builtin?

    init(name: String, places: [Place], builtin: Builtin?) {
        self.name = name
        self.places = places
        self.builtin = builtin
    }

    func evaluate(_: Value, _ frame: Frame, _ machine: Machine) throws(Fault) -> Value {
        if let value = bound(frame, machine) {
            return value.collapsed()
        }
        return builtin.map { .function(FunctionNode(.native($0))) } ?? .undefined
    }

    /// The function of the language, unless a variable of its name is bound.
    func unboundBuiltin(_ frame: Frame, _ machine: Machine) -> Builtin? {
        if places.isEmpty, machine.bindings.isEmpty {
            return builtin
        }
        return bound(frame, machine) == nil ? builtin : nil
    }

    private func bound(_ frame: Frame, _ machine: Machine) -> Value? {
        for place in places {
            guard let value = frame.ancestor(place.hops)?.slots[place.slot], value.isBound else {
                continue
            }
            return value
        }
        return machine.bindings.isEmpty ? nil : machine.binding(name)
    }
}

/// A regular expression.
final class RegularExpressionNode: Node {
    private let pattern: RegularExpression

    init(_ pattern: RegularExpression) {
        self.pattern = pattern
    }

    func evaluate(_: Value, _: Frame, _: Machine) throws(Fault) -> Value {
        .function(FunctionNode(.pattern(pattern)))
    }
}

/// A binding, `:=`.
final class BindNode: Node {
    private let slot: Int
    private let value: any Node

    init(slot: Int, value: any Node) {
        self.slot = slot
        self.value = value
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let result = try machine.evaluate(value, input, frame)
        frame.slots[slot] = result
        return result
    }
}

/// Expressions in parentheses.
final class BlockNode: Node {
    private let expressions: [any Node]
    /// The variables bound in it; without any, it needs no frame.
    private let slots: Int

    init(_ expressions: [any Node], slots: Int) {
        self.expressions = expressions
        self.slots = slots
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let inner = slots > 0 ? Frame(parent: frame, slots: slots) : frame
        var result = Value.undefined
        for expression in expressions {
            result = try machine.evaluate(expression, input, inner)
        }
        if slots > 0 {
            machine.leave(inner)
        }
        return result
    }
}

/// A condition, `? :`.
final class ConditionNode: Node {
    private let test: any Node
    private let then: any Node
    private let otherwise: (any Node)?

    init(_ test: any Node, then: any Node, otherwise: (any Node)?) {
        self.test = test
        self.then = then
        self.otherwise = otherwise
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        if try machine.evaluate(test, input, frame).isTruthy {
            return try machine.evaluate(then, input, frame)
        }
        guard let otherwise else {
            return .undefined
        }
        return try machine.evaluate(otherwise, input, frame)
    }
}

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
        if wantsTruth ? value.isTruthy : value.isDefined {
            return value
        }
        return try machine.evaluate(right, input, frame)
    }
}
