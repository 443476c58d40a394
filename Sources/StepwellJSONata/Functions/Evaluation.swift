import StepwellJSON

extension Builtins {
    /// `$eval`, where it is called without a scope: as an argument of another function.
    static let evaluation: [Builtin] = [
        Builtin("eval", "<sx?:x>", 2) { (arguments, machine, context) throws(Fault) in
            let frame = Frame(parent: nil, slots: 0)
            let scope = VisibleScope(names: [[]])
            return try Evaluation.run(validated: arguments, context, frame, scope, machine)
        }
    ]
}

/// What `$eval` does.
enum Evaluation {
    /// Evaluates text with the variables that its caller sees.
    static func run(
        _ arguments: [Value],
        _ input: Value,
        _ frame: Frame,
        _ scope: VisibleScope,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let signature = Builtins.named("eval", .full)?.signature
        let values = try signature?.validate(arguments, input, machine) ?? arguments
        return try run(validated: values, input, frame, scope, machine)
    }

    static func run(
        validated arguments: [Value],
        _ context: Value,
        _ frame: Frame,
        _ scope: VisibleScope,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard let text = arguments.string(0) else {
            return .undefined
        }
        var input = context
        if arguments.at(1).isDefined {
            input = arguments.at(1)
            if case .array(let node) = input, !node.isSequence {
                input = .array(ArrayNode([input], [.sequence, .wrapper]))
            }
        }
        try machine.count(text.utf8.count)
        let node: any Node
        let inner: Frame
        do throws(Fault) {
            let tree = try Analysis.analyze(Parser.parse(UTF16Text.units(text)))
            let own = Scope(parent: Scope(scope))
            Binds.declare(tree, in: own)
            node = try Compiler(profile: machine.profile).compile(tree, in: own)
            inner = Frame(parent: frame, slots: own.names.count)
        } catch {
            throw Fault("D3120", value: .string(text), detail: error.code)
        }
        defer { machine.leave(inner) }
        do throws(Fault) {
            return try machine.evaluate(node, input, inner)
        } catch {
            guard error.code != "U1001" else {
                throw error
            }
            throw Fault("D3121", value: .string(text), detail: error.code)
        }
    }
}
