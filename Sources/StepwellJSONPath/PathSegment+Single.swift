import StepwellJSON

extension PathSegment {
    /// The one value that a name or an index leads to; `nil` when it is not there or the segment
    /// is of another kind.
    func single(in value: JSONValue) -> JSONValue? {
        switch (self, value) {
        case (.child(let name), .object(let object)):
            return object[name]
        case (.index(let index), .array(let items)):
            let effective = index < 0 ? items.count + index : index
            return items.indices.contains(effective) ? items[effective] : nil
        default:
            return nil
        }
    }
}

extension JSONValue {
    /// The steps that looking up one member costs: an object is searched from its start.
    var lookupSteps: Int {
        if case .object(let object) = self { 1 + object.count / 32 } else { 1 }
    }
}

extension [PathSegment] {
    /// Whether the whole path leads to at most one value.
    ///
    /// A function over `..` takes all matches
    /// as its argument, and so is definite as well.
    var isDefinite: Bool {
        if foldsDescendants { return true }
        return indices.allSatisfy { self[$0].isDefinite(isLast: $0 == count - 1) }
    }

    /// Whether the path ends in a function that takes what `..` finds.
    var foldsDescendants: Bool {
        guard case .function? = last else { return false }
        return contains { if case .descendants = $0 { true } else { false } }
    }

    /// The path in Jayway's bracket form, such as `$['a'][0]`.
    var bracketForm: String {
        "$" + map(\.fragment).joined()
    }
}
