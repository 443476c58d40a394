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
