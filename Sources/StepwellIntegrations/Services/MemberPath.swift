import StepwellJSON

/// The way to a member inside a value, by names and indices: `Status.State`, `Jobs.0`; empty for
/// the value itself.
struct MemberPath: ExpressibleByStringLiteral, Sendable {
    private let steps: [String]

    init(stringLiteral text: String) {
        steps = text.split(separator: ".").map(String.init)
    }

    /// What the path leads to.
    func value(in value: JSONValue) -> JSONValue? {
        var found = value
        for step in steps {
            guard let next = found[step] ?? Int(step).flatMap({ found[$0] }) else { return nil }
            found = next
        }
        return found
    }
}
