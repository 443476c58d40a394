import StepwellJSON

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
