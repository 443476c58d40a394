/// A transformation, `| pattern | update, delete |`.
final class TransformNode: Node {
    private let pattern: any Node
    private let update: any Node
    private let deletion: (any Node)?
    private let position: Int

    init(_ pattern: any Node, _ update: any Node, _ deletion: (any Node)?, at position: Int) {
        self.pattern = pattern
        self.update = update
        self.deletion = deletion
        self.position = position
    }

    func evaluate(_ input: Value, _ frame: Frame, _: Machine) throws(Fault) -> Value {
        .function(FunctionNode(.transform(self, frame, input)))
    }

    /// A copy of the argument, in which what the pattern finds is changed.
    func apply(
        _ arguments: [Value],
        _ frame: Frame,
        _ input: Value,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard let argument = arguments.first, argument.isDefined else {
            return .undefined
        }
        guard arguments.count == 1, [.object, .array].contains(argument.type) else {
            throw Fault("T0410", value: argument.json(), detail: "1")
        }
        let copy = try Self.copy(argument, machine)
        let matches = try machine.evaluate(pattern, copy, frame)
        guard matches.isDefined else {
            return copy
        }
        for match in matches.items {
            try change(match, frame, machine)
        }
        return try machine.checked(copy)
    }

    private func change(
        _ match: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) {
        let changes = try machine.evaluate(update, match, frame)
        if changes.isDefined {
            guard case .object(let members) = changes else {
                throw Fault("T2011", position: position, value: changes.json())
            }
            if case .object(let target) = match {
                try merge(members, into: target, machine)
            }
        }
        guard let deletion else {
            return
        }
        let keys = try machine.evaluate(deletion, match, frame)
        for key in keys.isDefined ? keys.items : [] {
            guard case .string(let text) = key else {
                throw Fault("T2012", position: position, value: keys.json())
            }
            if case .object(let target) = match {
                target.remove(text)
            }
        }
    }

    /// Sets members; a copy, so that no object comes to hold itself.
    private func merge(
        _ members: ObjectNode,
        into target: ObjectNode,
        _ machine: Machine
    ) throws(Fault) {
        for member in members.all {
            let value = try Self.copy(member.value, machine)
            guard value.nesting < JSONataBudget.maximumNesting else {
                throw Fault("U1001", detail: "nesting")
            }
            target.set(member.key, value)
        }
    }

    /// A deep copy, whose containers nothing else refers to.
    static func copy(_ value: Value, _ machine: Machine) throws(Fault) -> Value {
        switch value {
        case .array(let node):
            try machine.count(node.count)
            var elements: ContiguousArray<Value> = []
            elements.reserveCapacity(node.count)
            for element in node.elements {
                elements.append(try copy(element, machine))
            }
            return .array(ArrayNode(elements))
        case .object(let node):
            try machine.count(node.count)
            let result = ObjectNode()
            for member in node.all {
                result.set(member.key, try copy(member.value, machine))
            }
            return .object(result)
        default: return value
        }
    }
}
