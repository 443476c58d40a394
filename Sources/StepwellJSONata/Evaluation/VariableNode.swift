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
        guard let builtin = builtin?.asOf(machine.revision) else { return .undefined }
        return .function(FunctionNode(.native(builtin)))
    }

    /// The function of the language, unless a variable of its name is bound.
    func unboundBuiltin(_ frame: Frame, _ machine: Machine) -> Builtin? {
        if places.isEmpty, machine.bindings.isEmpty {
            return builtin?.asOf(machine.revision)
        }
        return bound(frame, machine) == nil ? builtin?.asOf(machine.revision) : nil
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
