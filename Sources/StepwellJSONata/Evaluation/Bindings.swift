import StepwellJSON

/// The variables that an expression is given from outside: found at the same cost however many.
struct Bindings {
    private var all: [(name: String, value: Value)] = []
    /// Where each is, once there are more than a linear search should look at.
    private var index: JSONObjectIndex?

    /// Variables without their `$`; the first of equal names counts.
    init(_ given: [(name: String, value: JSONValue)]) {
        all = given.map { ($0.name, Value($0.value)) }
        guard all.count > JSONObjectIndex.threshold else { return }
        var built = JSONObjectIndex(minimumCapacity: all.count)
        for (place, binding) in all.enumerated()
        where self.place(of: binding.name, by: built) == nil {
            built.insert(JSONObjectIndex.hash(binding.name), at: place)
        }
        index = built
    }

    var isEmpty: Bool { all.isEmpty }

    subscript(name: String) -> Value? {
        if let index { return place(of: name, by: index).map { all[$0].value } }
        return all.first { $0.name.hasSameBytes(as: name) }?.value
    }

    private func place(of name: String, by index: JSONObjectIndex) -> Int? {
        index.position(hash: JSONObjectIndex.hash(name)) { all[$0].name.hasSameBytes(as: name) }
    }
}
