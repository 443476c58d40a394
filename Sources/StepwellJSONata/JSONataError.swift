public import StepwellJSON

/// Why an expression was refused, or why its evaluation ended.
public struct JSONataError: Error, Sendable, Equatable {
    /// The reference's code: S for syntax, T for types, D for evaluation, U for exceeded budgets.
    public let code: String
    /// What is wrong, for people.
    public let message: String
    /// Where, as an offset in UTF-16 code units behind the token; nil when no place is known.
    public let position: Int?
    /// The token or the function's name that is concerned.
    public let token: String?
    /// The value that is concerned.
    public let value: JSONValue?

    init(_ fault: Fault, _ revision: JSONataRevision = .current) {
        code = fault.code
        message = ErrorMessages.text(fault, revision)
        position = fault.position
        token = fault.token
        value = fault.value
    }
}
