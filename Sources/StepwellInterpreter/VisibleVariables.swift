import StepwellHistory

/// The variables that a branch sees: those of its scope and of the scopes around it, the inner ones
/// alone where names meet.
struct VisibleVariables: Sendable {
    private let scopes: [VariableScope]

    /// The variables of scopes, the innermost first.
    init(_ scopes: [VariableScope]) {
        self.scopes = scopes
    }

    /// The value of a variable, by the bytes of its name; nil when none is in sight.
    subscript(name: String) -> Payload? {
        for scope in scopes {
            if let value = scope[name] { return value }
        }
        return nil
    }
}
