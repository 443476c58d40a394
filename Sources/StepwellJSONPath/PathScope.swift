package import StepwellJSON

/// What the roots of a path stand for while an expression is evaluated.
package protocol PathScope {
    /// The value of `$`: the state's effective input, or what the field at hand defines `$` to be.
    var input: JSONValue { get }

    /// The value of `$$`, the context object; it may be built on demand.
    var context: JSONValue { get }

    /// The reading that applies.
    var dialect: PathDialect { get }

    /// The value of a variable of `Assign`, or `nil` when none of that name is visible.
    func variable(_ name: String) -> JSONValue?
}

extension PathScope {
    /// The current reading, unless a scope says otherwise.
    package var dialect: PathDialect { .current }
}
