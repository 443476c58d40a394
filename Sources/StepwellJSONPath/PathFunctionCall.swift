import StepwellJSON

/// A function at the end of a path with its arguments.
struct PathFunctionCall: Sendable {
    /// One argument: JSON as written, or a path below the document (`$`) or the current value
    /// (`@`).
    enum Argument: Sendable {
        case value(JSONValue)
        case path(FilterPath)
    }

    let function: PathFunction
    let arguments: [Argument]
}
