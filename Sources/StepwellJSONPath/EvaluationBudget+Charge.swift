package import StepwellJSON

extension EvaluationBudget {
    /// Pays for reading all of `value` once: a step for each node and each sixteen bytes of text.
    ///
    /// With `comparing` it pays for a comparison as well, which looks up each key of an object.
    ///
    /// - Returns: False when the budget does not suffice or the value is nested too deeply.
    package mutating func charge(_ value: JSONValue, comparing: Bool = false) -> Bool {
        charge(value, comparing: comparing, depth: 0)
    }

    private mutating func charge(_ value: JSONValue, comparing: Bool, depth: Int) -> Bool {
        guard depth <= PathLimits.depth else { return false }
        switch value {
        case .null, .bool: return spend()
        case .number: return spend(2)
        case .string(let text): return charge(text: text)
        case .array(let items):
            guard spend() else { return false }
            for item in items {
                guard charge(item, comparing: comparing, depth: depth + 1) else { return false }
            }
            return true
        case .object(let object):
            let lookups = comparing ? object.count * object.count / 16 : 0
            guard spend(1 + lookups) else { return false }
            for member in object {
                guard charge(text: member.key),
                    charge(member.value, comparing: comparing, depth: depth + 1)
                else { return false }
            }
            return true
        }
    }

    /// Pays for reading or producing `text`: a step, and one for each sixteen bytes.
    package mutating func charge(text: String) -> Bool {
        spend(1 + text.utf8.count / 16)
    }
}
