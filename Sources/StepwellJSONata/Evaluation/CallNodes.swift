/// A function's definition.
final class LambdaNode: Node {
    /// The slot of each parameter; of equal names the last argument wins.
    let parameterSlots: [Int]
    /// The variables of its frame.
    let slots: Int
    let signature: Signature?
    let body: any Node

    init(parameterSlots: [Int], slots: Int, signature: Signature?, body: any Node) {
        self.parameterSlots = parameterSlots
        self.slots = slots
        self.signature = signature
        self.body = body
    }

    func evaluate(_ input: Value, _ frame: Frame, _: Machine) throws(Fault) -> Value {
        // A function sees the frames around it as long as it lives.
        var seen: Frame? = frame
        while let one = seen, !one.isCaptured {
            one.isCaptured = true
            seen = one.parent
        }
        return .function(FunctionNode(.lambda(self, frame, input)))
    }
}

/// A call.
final class CallNode: Node {
    private let procedure: any Node
    /// The procedure, when it is a name that a function of the language has.
    private let named: VariableNode?
    private let arguments: [any Node]
    private let isTail: Bool
    private let position: Int
    /// The name of what is called, for errors.
    private let name: String?
    /// A name that is no variable but stands where one was meant: `foo()` for `$foo()`.
    private let bareName: VariableNode?
    /// The variables in sight, for `$eval`.
    private let scope: VisibleScope?

    init(
        _ procedure: any Node,
        _ arguments: [any Node],
        isTail: Bool,
        place: Place,
        bareName: VariableNode?,
        scope: VisibleScope?
    ) {
        self.procedure = procedure
        named = (procedure as? VariableNode).flatMap { $0.builtin == nil ? nil : $0 }
        self.arguments = arguments
        self.isTail = isTail
        position = place.position
        name = place.token.isEmpty ? nil : place.token
        self.bareName = bareName
        self.scope = scope
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        try evaluate(input, frame, machine, first: nil)
    }

    /// Calls with a value before the arguments, as `~>` does.
    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine,
        first: Value?
    ) throws(Fault) -> Value {
        try machine.count()
        if let builtin = named?.unboundBuiltin(frame, machine) {
            let values = try values(input, frame, machine, first: first)
            do throws(Fault) {
                if builtin.isEvaluation, let scope {
                    return try Evaluation.run(values, input, frame, scope, machine)
                }
                return try machine.call(builtin, values, input)
            } catch {
                throw error.located(at: position, token: name)
            }
        }
        let callee = try machine.evaluate(procedure, input, frame)
        guard case .function(let function) = callee else {
            throw try notFunction(callee, frame, machine)
        }
        let values = try values(input, frame, machine, first: first)
        if isTail, first == nil, case .lambda = function.kind {
            machine.tail = Machine.TailCall(
                function: function,
                arguments: values,
                input: input,
                position: position,
                token: name
            )
            return .undefined
        }
        do throws(Fault) {
            if case .native(let builtin) = function.kind, builtin.isEvaluation, let scope {
                return try Evaluation.run(values, input, frame, scope, machine)
            }
            return try machine.apply(function, values, input)
        } catch {
            throw error.located(at: position, token: name)
        }
    }

    @inline(__always)
    private func values(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine,
        first: Value?
    ) throws(Fault) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(arguments.count + (first == nil ? 0 : 1))
        if let first {
            values.append(first)
        }
        for argument in arguments {
            values.append(try machine.evaluate(argument, input, frame))
        }
        return values
    }

    private func notFunction(
        _ callee: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Fault {
        if !callee.isDefined, let bareName,
            try bareName.evaluate(.undefined, frame, machine).isDefined
        {
            return Fault("T1005", position: position, token: bareName.name)
        }
        return Fault("T1006", position: position, token: name, value: callee.json())
    }
}

/// A call with places left open.
final class PartialNode: Node {
    private let procedure: any Node
    /// Nil where a place is open.
    private let arguments: [(any Node)?]
    private let place: Place
    private let bareName: VariableNode?

    init(
        _ procedure: any Node,
        _ arguments: [(any Node)?],
        place: Place,
        bareName: VariableNode?
    ) {
        self.procedure = procedure
        self.arguments = arguments
        self.place = place
        self.bareName = bareName
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        try evaluate(input, frame, machine, first: nil)
    }

    /// A partial application with a value before the arguments, as `~>` gives it.
    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine,
        first: Value?
    ) throws(Fault) -> Value {
        var values: [Value?] = first.map { [$0] } ?? []
        for argument in arguments {
            if let argument {
                values.append(try machine.evaluate(argument, input, frame))
            } else {
                values.append(nil)
            }
        }
        let callee = try machine.evaluate(procedure, input, frame)
        guard case .function(let function) = callee else {
            if !callee.isDefined, let bareName,
                try bareName.evaluate(.undefined, frame, machine).isDefined
            {
                throw Fault("T1007", position: place.position, token: bareName.name)
            }
            throw Fault("T1008", position: place.position, token: place.token)
        }
        return try machine.checked(.function(FunctionNode(.partial(function, values))))
    }
}

/// Application, `~>`.
final class ApplyNode: Node {
    private let left: any Node
    private let right: any Node
    private let position: Int
    private let keepArray: Bool

    init(_ left: any Node, _ right: any Node, at position: Int, keepArray: Bool) {
        self.left = left
        self.right = right
        self.position = position
        self.keepArray = keepArray
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let value = try machine.evaluate(left, input, frame)
        if let call = right as? CallNode {
            let result = try call.evaluate(input, frame, machine, first: value)
            return keep(result)
        }
        let callee = try machine.evaluate(right, input, frame)
        guard case .function(let function) = callee else {
            throw Fault("T2006", position: position, token: "~>", value: callee.json())
        }
        if case .function(let first) = value {
            return try machine.checked(.function(FunctionNode(.composed(first, function))))
        }
        do throws(Fault) {
            return keep(try machine.apply(function, [value], .undefined))
        } catch {
            throw error.located(at: position, token: "~>")
        }
    }

    private func keep(_ value: Value) -> Value {
        guard keepArray, value.isDefined else {
            return value
        }
        if case .array = value {
            return value
        }
        return .array(ArrayNode([value], [.sequence, .keepSingleton]))
    }
}
